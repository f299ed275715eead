import { scaleLinear } from 'd3-scale'
import { clockText } from '../ui/duration-text.ts'
import { type Stretch, stretchMs } from './throughput.ts'
import styles from './throughput-chart.module.css'

const width = 1_000
const height = 130

/** Ended well and failed as stacked bars, started as a mark on top of each; the same in words for those who do not see it. */
export function ThroughputChart({ stretches, now }: { readonly stretches: readonly Stretch[]; readonly now: number }) {
  const most = Math.max(1, ...stretches.map((one) => Math.max(one.started, one.completed + one.failed)))
  const y = scaleLinear().domain([0, most]).range([0, height]).nice()
  const slot = width / stretches.length
  const sum = (field: 'started' | 'completed' | 'failed') => stretches.reduce((total, one) => total + one[field], 0)
  const words = `In the last hour ${sum('started')} started, ${sum('completed')} completed, ${sum('failed')} failed.`
  return (
    <figure className={styles.chart}>
      <div className={styles.scale} aria-hidden>
        <span>{y.domain()[1]}</span>
        <span>0</span>
      </div>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={words}>
        <title>{words}</title>
        {stretches.map((one, index) => {
          const x = index * slot
          const completed = y(one.completed)
          const failed = y(one.failed)
          const text = `${clockText(one.from, now)}, ${stretchMs / 60_000} minutes: ${one.started} started, ${one.completed} completed, ${one.failed} failed`
          return (
            <g key={one.from}>
              <title>{text}</title>
              <rect className={styles.slot} x={x} y={0} width={slot} height={height} />
              <rect className={styles.completed} x={x + 3} width={slot - 6} y={height - completed} height={completed} />
              <rect
                className={styles.failed}
                x={x + 3}
                width={slot - 6}
                y={height - completed - failed}
                height={failed}
              />
              {one.started > 0 && (
                <rect
                  className={styles.started}
                  x={x + 1}
                  width={slot - 2}
                  y={Math.max(0, height - y(one.started) - 1)}
                  height={2}
                />
              )}
            </g>
          )
        })}
      </svg>
      <div className={styles.times} aria-hidden>
        <span>an hour ago</span>
        <span>now</span>
      </div>
      <figcaption className={styles.legend}>
        <span data-kind="started">started {sum('started').toLocaleString()}</span>
        <span data-kind="completed">completed {sum('completed').toLocaleString()}</span>
        <span data-kind="failed">failed {sum('failed').toLocaleString()}</span>
      </figcaption>
    </figure>
  )
}
