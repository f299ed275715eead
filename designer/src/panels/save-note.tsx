import { ClockTime } from '../ui/time.tsx'
import styles from './designer.module.css'
import type { SaveState } from './use-draft-session.ts'

/** Whether what is on the screen is safe on the server. */
export function SaveNote({ save, onRetry }: { readonly save: SaveState; readonly onRetry: () => void }) {
  switch (save.kind) {
    case 'new':
      return <span className={styles.saved}>no changes yet</span>
    case 'saved':
      return (
        <span className={styles.saved} role="status">
          draft saved {save.at && <ClockTime at={save.at} isToTheMinute />}
        </span>
      )
    case 'unsaved':
    case 'saving':
      return (
        <span className={styles.saved} role="status">
          saving…
        </span>
      )
    case 'conflict':
      return (
        <span className={styles.saved} data-failed="true" role="alert">
          changed elsewhere
        </span>
      )
    case 'failed':
      return (
        <span className={styles.saved} data-failed="true" role="alert">
          not saved, trying again{' '}
          <button type="button" onClick={onRetry}>
            now
          </button>
        </span>
      )
  }
}
