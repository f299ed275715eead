import { IconCloudOff } from '@tabler/icons-react'
import { useServerState } from '../store/session-server.ts'
import { clockText } from '../ui/duration-text.ts'
import { useNow } from '../ui/now.ts'
import styles from './connection-notice.module.css'

/** Says that what is shown may be old. It is caught up with by itself. */
export function ConnectionNotice() {
  const { connection, since } = useServerState()
  const now = useNow(connection === 'offline' ? 10_000 : null)
  if (connection !== 'offline' && connection !== 'reconnecting') return null
  return (
    <div className={styles.notice} role="status">
      <IconCloudOff size={16} stroke={1.6} aria-hidden />
      {connection === 'offline'
        ? `The server has not answered since ${clockText(since, now || since)}.`
        : 'The connection was lost; reconnecting.'}{' '}
      What you see is as of then and catches up by itself.
    </div>
  )
}
