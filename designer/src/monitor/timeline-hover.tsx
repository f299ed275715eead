import { Portal } from '@mantine/core'
import { durationText, exactText } from '../ui/duration-text.ts'
import styles from './timeline.module.css'
import type { Bar } from './timeline-rows.ts'
import type { Visit } from './visit.ts'

export interface Hovered {
  readonly bar: Bar
  readonly visit: Visit
  readonly x: number
  readonly y: number
}

/** Exact times and durations of the bar under the pointer. */
export function TimelineHover({
  hovered: { bar, visit, x, y },
  start,
  now,
}: {
  readonly hovered: Hovered
  readonly start: number
  readonly now: number
}) {
  const isRight = x > window.innerWidth - 340
  return (
    <Portal>
      <div
        className={styles.hover}
        style={{
          top: Math.min(y + 16, window.innerHeight - 130),
          ...(isRight ? { right: window.innerWidth - x + 12 } : { left: x + 12 }),
        }}
      >
        <strong>{bar.text}</strong>
        <span className={styles.hoverPath}>{visit.path}</span>
        <span>
          {durationText((bar.to ?? now) - bar.from)}
          {bar.to === null && ' so far'}
          {bar.to === null && bar.dueAt !== null && bar.dueAt > now && `, ${durationText(bar.dueAt - now)} to go`}
        </span>
        <span className={styles.hoverTimes}>
          {exactText(bar.from)} (+{durationText(bar.from - start)}){bar.to !== null && ` – ${exactText(bar.to)}`}
        </span>
      </div>
    </Portal>
  )
}
