import type { ReactNode } from 'react'
import { useId } from 'react'
import { useFieldOwner } from './field-owner.tsx'
import styles from './fields.module.css'
import { ProblemLine } from './problem-line.tsx'

export interface FieldFrameProps {
  readonly label: string
  readonly pointer: string
  readonly description?: string | undefined
  readonly error?: string | undefined
  /** Nothing that keeps the definition from being deployed. */
  readonly hint?: string | undefined
  readonly isRequired?: boolean
  /** Beside the label: switches, buttons. */
  readonly aside?: ReactNode
  readonly children: (ids: { readonly label: string; readonly error: string | undefined }) => ReactNode
}

/** A label, what stands beside it, and what is wrong underneath: the same around every field. */
export function FieldFrame({ label, pointer, description, error, hint, isRequired, aside, children }: FieldFrameProps) {
  const id = useId()
  const labelId = `${id}-label`
  const errorId = error === undefined ? undefined : `${id}-error`
  const { problems } = useFieldOwner()
  // A message of the checker's brings its severity and what would mend it.
  const told = problems.find((one) => one.problem.message === error && one.pointer.startsWith(pointer))?.problem
  return (
    <div className={styles.field} data-field={pointer} data-testid={`field:${pointer}`}>
      <div className={styles.head}>
        <span className={styles.label} id={labelId}>
          {label}
          {isRequired && (
            <span className={styles.required} title="Required">
              {' '}
              *
            </span>
          )}
        </span>
        {aside}
      </div>
      {children({ label: labelId, error: errorId })}
      {description !== undefined && description !== '' && <div className={styles.description}>{description}</div>}
      {hint !== undefined && error === undefined && (
        <div className={styles.error} data-severity="warning">
          {hint}
        </div>
      )}
      {told && <ProblemLine problem={told} id={errorId} />}
      {error !== undefined && told === undefined && (
        <div className={styles.error} id={errorId}>
          {error}
        </div>
      )}
    </div>
  )
}
