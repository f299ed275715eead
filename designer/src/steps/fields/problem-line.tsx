import type { Problem } from '@durable-canvas/schema'
import { CodedText } from '../../ui/coded-text.tsx'
import { useFieldOwner } from './field-owner.tsx'
import styles from './fields.module.css'

/** A problem under its field, with what would mend it where that is beyond doubt. */
export function ProblemLine({ problem, id }: { readonly problem: Problem; readonly id?: string | undefined }) {
  const fix = useFieldOwner().fixFor(problem)
  return (
    <div className={styles.error} data-severity={problem.severity} id={id}>
      <CodedText text={problem.message} />
      {fix && (
        <button
          type="button"
          className={styles.fix}
          onPointerDown={(event) => event.preventDefault()}
          onClick={fix.run}
        >
          {fix.title}
        </button>
      )}
    </div>
  )
}
