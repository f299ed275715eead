import type { Problem } from '@durable-canvas/schema'
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { memo } from 'react'
import { canvasCommands } from '../canvas/canvas-commands.ts'
import { fromPointer, toPointer } from '../drawing/json.ts'
import { scopeOf, stepOfPointer } from '../drawing/static-path.ts'
import { drillTo, goToField, useDrawing } from '../store/drawing-store.ts'
import { CodedText } from '../ui/coded-text.tsx'
import styles from './drawer.module.css'
import { quickFixFor } from './quick-fixes.ts'

export const ProblemsPanel = memo(function ProblemsPanel() {
  const problems = useDrawing((state) => state.problems)
  const definition = useDrawing((state) => state.drawing.definition)
  if (problems.length === 0) {
    return (
      <p className={styles.fine}>
        <IconCircleCheck size={16} stroke={1.6} aria-hidden /> No problems. It can be deployed.
      </p>
    )
  }
  return (
    <ul className={styles.list} aria-label="Problems">
      {problems.map((problem, index) => {
        const fix = quickFixFor(problem, definition)
        return (
          <li key={`${problem.path} ${problem.code} ${problem.message}`} className={styles.problem}>
            <button
              type="button"
              className={styles.line}
              data-testid={`problem:${index}`}
              data-severity={problem.severity}
              onClick={() => goToProblem(problem)}
            >
              {problem.severity === 'error' ? (
                <IconAlertCircle size={15} stroke={1.8} aria-label="Error" />
              ) : (
                <IconAlertTriangle size={15} stroke={1.8} aria-label="Warning" />
              )}
              <span className={styles.where} title={problem.step}>
                {problem.step ?? 'workflow'}
              </span>
              <span className={styles.message}>
                <CodedText text={problem.message} />
              </span>
            </button>
            {fix && (
              <button type="button" className={styles.fix} onClick={fix.run}>
                {fix.title}
              </button>
            )}
          </li>
        )
      })}
    </ul>
  )
})

export function goToProblem(problem: Problem): void {
  const found = stepOfPointer(fromPointer(problem.path))
  const step = problem.step ?? found?.path
  const { root } = useDrawing.getState()
  if (step !== undefined && root !== '' && !step.startsWith(`${root}/`)) drillTo(scopeOf(step))
  goToField(step, found === undefined ? problem.path : toPointer(found.rest))
  if (step !== undefined) canvasCommands()?.show(step)
}

/** F8 and Shift+F8 walk through the problems. */
export function nextProblem(by: 1 | -1): void {
  const { problems, selection } = useDrawing.getState()
  if (problems.length === 0) return
  const at = problems.findIndex((problem) => problem.step === selection.at(-1))
  const next = problems[(at + by + problems.length) % problems.length]
  if (next) goToProblem(next)
}
