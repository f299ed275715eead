// What each step answers when it is tried, and where the run stops.
import { useMemo } from 'react'
import { useActivities } from '../api/definitions.ts'
import { StepIcon } from '../canvas/step-icon.tsx'
import { mocksOf } from '../drawing/mocks.ts'
import { stepAt } from '../drawing/tree.ts'
import { select, useDrawing } from '../store/drawing-store.ts'
import { toggleBreakpoint, useTry } from '../store/try-run.ts'
import { MockEditor } from './mock-editor.tsx'
import { type MockStep, mockSteps } from './mock-steps.ts'
import { mockWords } from './mock-words.ts'
import styles from './try.module.css'
import { useTryActions } from './use-try-actions.ts'

export function MocksTab() {
  const definition = useDrawing((state) => state.drawing.definition)
  const selected = useDrawing((state) => state.selection.at(-1))
  const steps = useMemo(() => mockSteps(definition), [definition])
  const step = steps.find(({ path }) => path === selected)
  if (steps.length === 0)
    return <p className={styles.empty}>No step asks for an answer: there is no activity and no sub-orchestration.</p>
  return (
    <div className={styles.mocks}>
      <ul className={styles.mockList} aria-label="Steps and their answers">
        {steps.map((one) => (
          <MockRow key={one.path} step={one} isSelected={one.path === selected} />
        ))}
      </ul>
      <div className={styles.mockEditor}>
        {step ? (
          <MockEditor key={step.path} step={step} />
        ) : (
          <p className={styles.hint}>
            Choose a step to say what it answers. Answers are saved with the drawing, so a run comes out the same every
            time; a step without one gives a sample of its schema after a second.
          </p>
        )}
      </div>
    </div>
  )
}

function MockRow({ step, isSelected }: { readonly step: MockStep; readonly isSelected: boolean }) {
  const { path, title } = step
  const mock = useDrawing((state) => mocksOf(state.drawing.layout)[path])
  const drawn = useDrawing((state) => stepAt(state.drawing.definition, path))
  const hasBreakpoint = useTry((state) => state.breakpoints.has(path))
  const { resultOf } = useTryActions()
  const { data: activities } = useActivities()
  const icon = activities?.find(({ name }) => step.kind === 'activity' && name === step.name)?.icon ?? undefined
  return (
    <li className={styles.mockRow} data-selected={isSelected}>
      <button
        type="button"
        className={styles.breakpoint}
        aria-pressed={hasBreakpoint}
        aria-label={`Stop at ${title}`}
        title={hasBreakpoint ? 'The run stops here ( b )' : 'Stop here ( b )'}
        onClick={() => toggleBreakpoint(path)}
      >
        <span />
      </button>
      <button type="button" className={styles.mockName} aria-pressed={isSelected} onClick={() => select([path])}>
        <StepIcon step={drawn} name={icon} size={15} />
        <span className={styles.mockTitle} title={title}>
          {title}
        </span>
        <span className={styles.mockWords} data-own={mock !== undefined} title={mockWords(mock, resultOf(step))}>
          {mockWords(mock, resultOf(step))}
        </span>
      </button>
    </li>
  )
}
