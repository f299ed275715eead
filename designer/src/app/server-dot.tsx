import { type ServerState, useServerState } from '../store/session-server.ts'
import { clockText } from '../ui/duration-text.ts'
import { useNow } from '../ui/now.ts'
import styles from './rail.module.css'

export function connectionText({ connection, since }: ServerState, now: number): string {
  switch (connection) {
    case 'connected':
      return 'Connected'
    case 'connecting':
      return 'Connecting…'
    case 'reconnecting':
      return 'Reconnecting…'
    case 'offline':
      return `Offline since ${clockText(since, now)}`
  }
}

/** The state of the server: a dot whose shape and words say the same as its colour. */
export function ServerDot() {
  const state = useServerState()
  const now = useNow(60_000)
  const text = connectionText(state, now)
  return (
    <div className={styles.server} role="status" title={text}>
      <span className={styles.dot} data-connection={state.connection} aria-hidden>
        <i />
      </span>
      <span className={styles.label}>{text}</span>
    </div>
  )
}
