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
  const folds = foldLabels(view, cuts)
  const isFree = (x: number, text: string) => {
    const end = x + 4 + textWidth(text)
    return (
      end <= view.width + plotMargin &&
      !folds.some((fold) => fold.x - fold.width / 2 < end && fold.x + fold.width / 2 > x)
    )
  }
  return (
    <div className={styles.axis}>
      <span className={styles.axisTitle} style={{ width: labelWidth }}>
        Step
      </span>
      <div className={styles.axisPlot}>
        {ticks.map(({ at, x }) => {
          const text = at === start ? '0' : durationText(at - start)
          return (
            <span key={at} className={styles.tick} style={{ left: x }} title={new Date(at).toISOString()}>
              {isFree(x, text) ? text : '\u00a0'}
            </span>
          )
        })}
        {folds.map(({ from, x, text, title }) => (
          <span key={from} className={styles.foldLabel} style={{ left: x }} title={title}>
            {text}
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

/** What the axis has beyond the plot on its right. */
const plotMargin = 12

/** About as wide as the figures are; they are not measured. */
const textWidth = (text: string): number => text.length * 6.6

interface FoldLabel {
  readonly from: number
  readonly x: number
  readonly width: number
  readonly text: string
  readonly title: string
}

/** The lengths of the gaps that are folded away, as many as stand beside each other. */
function foldLabels(view: Viewport, cuts: readonly Piece[]): readonly FoldLabel[] {
  const labels: FoldLabel[] = []
  for (const { from, to, isFolded } of cuts) {
    const middle = view.x((from + to) / 2)
    if (!isFolded || middle < 0 || middle > view.width) continue
    const took = durationText(to - from)
    const text = `// ${took}`
    const width = textWidth(text) + 8
    const x = Math.max(width / 2, Math.min(view.width + plotMargin - width / 2, middle))
    const last = labels.at(-1)
    if (last === undefined || x - width / 2 > last.x + last.width / 2)
      labels.push({ from, x, width, text, title: `Nothing happens for ${took}` })
  }
  return labels
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
