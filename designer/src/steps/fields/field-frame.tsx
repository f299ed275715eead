import type { ReactNode } from 'react'
import { useId } from 'react'
import styles from './fields.module.css'

export interface FieldFrameProps {
  readonly label: string
  readonly pointer: string
  readonly description?: string | undefined
  readonly error?: string | undefined
  readonly isRequired?: boolean
  /** Beside the label: switches, buttons. */
  readonly aside?: ReactNode
  readonly children: (ids: { readonly label: string; readonly error: string | undefined }) => ReactNode
}

/** A label, what stands beside it, and what is wrong underneath: the same around every field. */
export function FieldFrame({ label, pointer, description, error, isRequired, aside, children }: FieldFrameProps) {
  const id = useId()
  const labelId = `${id}-label`
  const errorId = error === undefined ? undefined : `${id}-error`
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
      {error !== undefined && (
        <div className={styles.error} id={errorId}>
          {error}
        </div>
      )}
    </div>
  )
}
