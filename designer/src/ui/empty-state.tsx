import { type Icon, IconInbox } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './states.module.css'

export interface EmptyStateProps {
  readonly icon?: Icon
  readonly title: string
  /** What this place is for, and how something gets here. */
  readonly children?: ReactNode
  /** One button. */
  readonly action?: ReactNode
}

export function EmptyState({ icon: StateIcon = IconInbox, title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <span className={styles.icon}>
        <StateIcon size={28} stroke={1.4} aria-hidden />
      </span>
      <h2 className={styles.title}>{title}</h2>
      {children && <div className={styles.text}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
