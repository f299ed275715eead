import type { Change } from '@durable-canvas/schema'
import { describeChange } from '@durable-canvas/schema'
import { useDrawing } from '../store/drawing-store.ts'
import styles from './designer.module.css'

export interface ComparisonNoteProps {
  readonly version: number
  readonly changes: readonly Change[] | undefined
  readonly onEnd: () => void
}

/** Over the canvas, while it shows differences: to what, and what of the selected step. */
export function ComparisonNote({ version, changes, onEnd }: ComparisonNoteProps) {
  const selected = useDrawing((state) => state.selection.at(-1))
  const own = (changes ?? []).filter(({ step }) => step !== undefined && step === selected)
  const removed = (changes ?? []).filter(
    ({ type, field, step }) => type === 'removed' && field === undefined && step !== undefined,
  )
  return (
    <div className={styles.comparison} role="status">
      <div>
        Compared with <strong>version {version}</strong>: {changes?.length ?? 0} changes
        {removed.length > 0 && `; gone: ${removed.map(({ step }) => step).join(', ')}`}{' '}
        <button type="button" onClick={onEnd}>
          End
        </button>
      </div>
      {own.map((change) => (
        <div key={change.pointer + (change.field ?? '')}>{describeChange(change)}</div>
      ))}
    </div>
  )
}
