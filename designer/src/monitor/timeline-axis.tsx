import { durationText } from '../ui/duration-text.ts'
import styles from './timeline.module.css'
import type { Piece, Tick, Viewport } from './timeline-scale.ts'
import type { Mark } from './visit.ts'

export interface TimelineAxisProps {
  readonly view: Viewport
  readonly ticks: readonly Tick[]
  readonly start: number
  readonly labelWidth: number
  readonly cuts: readonly Piece[]
  readonly marks: readonly Mark[]
}

/** Time since the start, folded gaps by their length, and what happened to the instance as a whole. */
export function TimelineAxis({ view, ticks, start, labelWidth, cuts, marks }: TimelineAxisProps) {
  const isSeen = (x: number) => x >= 0 && x <= view.width
  return (
    <div className={styles.axis}>
      <span className={styles.axisTitle} style={{ width: labelWidth }}>
        Step
      </span>
      <div className={styles.axisPlot}>
        {ticks.map(({ at, x }) => (
          <span key={at} className={styles.tick} style={{ left: x }} title={new Date(at).toISOString()}>
            {at === start ? '0' : durationText(at - start)}
          </span>
        ))}
        {cuts
          .filter((cut) => cut.isFolded && isSeen(view.x((cut.from + cut.to) / 2)))
          .map((cut) => (
            <span
              key={cut.from}
              className={styles.foldLabel}
              style={{ left: Math.max(36, Math.min(view.width - 28, view.x((cut.from + cut.to) / 2))) }}
              title={`Nothing happens for ${durationText(cut.to - cut.from)}`}
            >
              {`// ${durationText(cut.to - cut.from)}`}
            </span>
          ))}
        {marks
          .filter((mark) => isSeen(view.x(mark.at)))
          .map((mark) => (
            <span
              key={mark.seq}
              className={styles.mark}
              data-kind={mark.kind}
              style={{ left: view.x(mark.at) }}
              title={`${markWord(mark.kind)}: ${mark.text} (${new Date(mark.at).toISOString()})`}
            />
          ))}
      </div>
    </div>
  )
}

function markWord(kind: Mark['kind']): string {
  switch (kind) {
    case 'event':
      return 'Event arrived'
    case 'suspended':
      return 'Suspended'
    case 'resumed':
      return 'Resumed'
    case 'rewound':
      return 'Rewound'
    case 'migrated':
      return 'Migrated'
    case 'terminated':
      return 'Terminated'
  }
}
