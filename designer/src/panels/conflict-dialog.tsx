// Somebody else saved this draft in the meantime. Nothing is written until the author has chosen.
import { Button, Group, Modal, SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Draft } from '../api/api-types.ts'
import type { Drawing } from '../drawing/drawing.ts'
import { layoutDifferences } from '../drawing/layout-differences.ts'
import { type Merged, mergeDrawings, type Side } from '../drawing/merge.ts'
import { useDrawing } from '../store/drawing-store.ts'
import { RelativeTime } from '../ui/time.tsx'
import { ChangeList } from './change-list.tsx'
import styles from './designer.module.css'
import { type DraftSession, drawingOf } from './use-draft-session.ts'

export function ConflictDialog({ session, newer }: { readonly session: DraftSession; readonly newer: Draft | null }) {
  const name = useDrawing((state) => state.name)
  const mine = useDrawing((state) => state.drawing)
  const theirs = useMemo(() => newer && drawingOf(newer.definition, newer.layout, name), [newer, name])
  const [sides, setSides] = useState<ReadonlyMap<string, Side>>(new Map())
  const merged = useMemo(
    () => (theirs ? mergeDrawings(session.base, mine, theirs, (unit) => sides.get(unit) ?? 'mine') : undefined),
    [theirs, session.base, mine, sides],
  )
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="lg"
      title="This draft was changed elsewhere"
    >
      <div className={styles.sheet}>
        <p className={styles.note}>
          {newer?.updatedAt ? (
            <>
              Another tab or person saved it <RelativeTime at={newer.updatedAt} />.
            </>
          ) : newer ? (
            'Another tab or person saved it.'
          ) : (
            'Another tab or person deleted it.'
          )}{' '}
          Nothing of yours was written over theirs, and yours is still here.
        </p>
        {theirs && (
          <section>
            <h3>What they changed</h3>
            <Changed before={session.base} after={theirs} />
          </section>
        )}
        <section>
          <h3>What you changed</h3>
          <Changed before={session.base} after={mine} />
        </section>
        {merged && merged.conflicts.length > 0 && (
          <section>
            <h3>Changed by both</h3>
            <div className={styles.sheet} style={{ gap: 8 }}>
              {merged.conflicts.map((unit) => (
                <Group key={unit} justify="space-between">
                  <span className="dc-mono">{unit}</span>
                  <SegmentedControl
                    size="xs"
                    aria-label={`Whose ${unit}`}
                    value={sides.get(unit) ?? 'mine'}
                    data={[
                      { value: 'mine', label: 'Mine' },
                      { value: 'theirs', label: 'Theirs' },
                    ]}
                    onChange={(side) => setSides(new Map([...sides, [unit, side === 'mine' ? 'mine' : 'theirs']]))}
                  />
                </Group>
              ))}
            </div>
          </section>
        )}
        <Group justify="flex-end">
          {newer && (
            <Button variant="default" onClick={() => session.takeTheirs(newer)}>
              Take theirs, drop mine
            </Button>
          )}
          {newer && theirs && <MergeButton session={session} newer={newer} merged={merged} />}
          <Button variant={merged ? 'default' : 'filled'} onClick={() => session.keepMine(newer)} data-autofocus>
            {newer ? 'Keep mine, write over theirs' : 'Save mine again'}
          </Button>
        </Group>
      </div>
    </Modal>
  )
}

/** The definition change by change; what stands beside it in a word each. */
function Changed({ before, after }: { readonly before: Drawing; readonly after: Drawing }) {
  const beside = layoutDifferences(before.layout, after.layout)
  return (
    <>
      <ChangeList before={before.definition} after={after.definition} empty="Nothing in the definition." />
      {beside.length > 0 && <p className={styles.note}>Beside it: {beside.join(', ')}.</p>}
    </>
  )
}

interface MergeButtonProps {
  readonly session: DraftSession
  readonly newer: Draft
  readonly merged: Merged | undefined
}

function MergeButton({ session, newer, merged }: MergeButtonProps) {
  if (merged === undefined) return null
  return <Button onClick={() => session.goOnWith(newer, merged.drawing)}>Merge both</Button>
}
