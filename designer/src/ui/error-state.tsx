import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ApiProblem, messageOf } from '../api/api-problem.ts'
import styles from './states.module.css'

export interface ErrorStateProps {
  /** What failed: "The instances could not be loaded". */
  readonly title: string
  readonly error: unknown
  readonly onRetry?: () => void
  readonly retryLabel?: string
  readonly children?: ReactNode
}

export function ErrorState({ title, error, onRetry, retryLabel = 'Try again', children }: ErrorStateProps) {
  const problems = error instanceof ApiProblem ? error.problems : []
  return (
    <div className={styles.state} role="alert">
      <span className={styles.icon} data-tone="danger">
        <IconAlertTriangle size={28} stroke={1.4} aria-hidden />
      </span>
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.text}>
        {messageOf(error)}
        {problems.length > 0 && (
          <ul className={styles.problems}>
            {problems.map((problem) => (
              <li key={`${problem.path} ${problem.message}`}>
                {problem.path && <code>{problem.path} </code>}
                {problem.message}
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className={styles.action}>
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            {retryLabel}
          </Button>
        )}
        {children}
      </div>
    </div>
  )
}
