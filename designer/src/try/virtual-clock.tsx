import { Tooltip } from '@mantine/core'
import { clockText, durationText } from '../ui/duration-text.ts'
import styles from './try.module.css'
import type { Tried } from './use-tried.ts'

/** The time in the run; what it is in the world plays no part. */
export function VirtualClock({ tried: { run, now } }: { readonly tried: Tried }) {
  return (
    <Tooltip label={`Virtual time ${new Date(now).toISOString()}`}>
      <span className={styles.clock}>
        <span className={styles.wall}>{clockText(now, run.startAt)} </span>
        <small>{durationText(now - run.startAt)} in</small>
      </span>
    </Tooltip>
  )
}
