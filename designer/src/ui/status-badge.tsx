import type { InstanceStatus } from '../api/api-types.ts'
import type { StepStateName } from '../monitor/step-state.ts'
import { type Look, statusLooks, stepLooks } from './status.ts'
import styles from './status-badge.module.css'

/** Icon, colour and word: colour is never the only sign. */
export const StatusBadge = ({
  status,
  size,
}: {
  readonly status: InstanceStatus
  readonly size?: 'plain' | 'filled'
}) => <LookBadge look={statusLooks[status]} size={size ?? 'plain'} />

export const StepStateBadge = ({
  state,
  label,
}: {
  readonly state: StepStateName
  readonly label?: string | undefined
}) => <LookBadge look={stepLooks[state]} size="filled" label={label} />

function LookBadge({
  look,
  size,
  label,
}: {
  readonly look: Look
  readonly size: 'plain' | 'filled'
  readonly label?: string | undefined
}) {
  return (
    <span className={styles.badge} data-tone={look.tone} data-size={size}>
      <look.icon size={15} stroke={1.8} aria-hidden />
      <span>{look.word}</span>
      {label && <span className={styles.label}>{label}</span>}
    </span>
  )
}
