// The delay before each attempt, drawn, and the same in words.
import {
  compileExpression,
  ExpressionError,
  expressionSource,
  isExpression,
  type Json,
  parseDuration,
} from '@durable-canvas/schema'
import { useMemo } from 'react'
import type { Sample } from '../../drawing/names-in-reach.ts'
import { durationText } from '../../ui/duration-text.ts'
import { useFieldOwner } from './field-owner.tsx'
import styles from './fields.module.css'
import { type RetryPlan, retryPlan } from './retry-delays.ts'

const mostDrawn = 24
const box = { width: 320, height: 92, left: 12, right: 12, top: 20, bottom: 20 }

export function RetryCurve({ retry }: { readonly retry: Json }) {
  const { sample } = useFieldOwner()
  const plan = useMemo(() => retryPlan(retry, (duration) => msOf(duration, sample)), [retry, sample])
  if (plan === undefined) return <p className={styles.hint}>The delays depend on data that is not known here.</p>
  return (
    <figure className={styles.retry}>
      {plan.delays.length > 0 && <Curve plan={plan} />}
      <figcaption className={styles.hint}>{planWords(plan)}</figcaption>
    </figure>
  )
}

function msOf(duration: Json, sample: () => Sample): number | undefined {
  if (!isExpression(duration)) return typeof duration === 'string' ? parseDuration(duration) : undefined
  const { input, bindings, at = 0 } = sample()
  try {
    const value = compileExpression(expressionSource(duration)).evaluate(input, bindings, {
      millis: at,
      random: () => 0,
    })
    return typeof value === 'string' ? parseDuration(value) : undefined
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

function Curve({ plan: { delays, hasJitter } }: { readonly plan: RetryPlan }) {
  const drawn = delays.slice(0, mostDrawn)
  const highest = Math.max(...drawn, 1)
  const base = box.height - box.bottom
  const x = (index: number) => box.left + ((index + 1) / Math.max(drawn.length, 1)) * (box.width - box.left - box.right)
  const y = (ms: number) => base - (ms / highest) * (base - box.top)
  const points = [[box.left, base] as const, ...drawn.map((ms, index) => [x(index), y(ms)] as const)]
  const line = points.map(([left, top]) => `${left},${top}`).join(' ')
  // Labels stand apart: the first, where it changes, the last.
  const isLabelled = (index: number) =>
    index === drawn.length - 1 || index === 0 || (drawn.length <= 8 && drawn[index] !== drawn[index - 1])
  return (
    <svg
      className={styles.curve}
      viewBox={`0 0 ${box.width} ${box.height}`}
      role="img"
      aria-label={`Delays before the attempts: ${drawn.map((ms) => durationText(ms)).join(', ')}`}
    >
      <line x1={box.left} y1={base} x2={box.width - box.right} y2={base} />
      {hasJitter && <polygon points={`${line} ${x(drawn.length - 1)},${base}`} />}
      <polyline points={line} data-jitter={hasJitter} />
      <circle cx={box.left} cy={base} r={3} />
      {drawn.map((ms, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attempts are their numbers
        <g key={index}>
          <circle cx={x(index)} cy={y(ms)} r={3}>
            <title>{`Attempt ${index + 2}, ${hasJitter ? 'up to ' : ''}${durationText(ms)} after the one before`}</title>
          </circle>
          {isLabelled(index) && (
            <text x={x(index)} y={y(ms) - 7} textAnchor={index === drawn.length - 1 ? 'end' : 'middle'}>
              {durationText(ms)}
            </text>
          )}
          {(drawn.length <= 12 || index === drawn.length - 1) && (
            <text x={x(index)} y={base + 13} textAnchor={index === drawn.length - 1 ? 'end' : 'middle'}>
              {index === drawn.length - 1 && delays.length > drawn.length ? `attempt ${index + 2} …` : index + 2}
            </text>
          )}
        </g>
      ))}
      <text x={box.left - 4} y={base + 13}>
        1
      </text>
    </svg>
  )
}

const mostTold = 4

/** "3 attempts: at once, then after 5 s and 5 s. The last begins 10 s after the first, plus what the attempts take." */
export function planWords({ delays, attempts, isCutShort, hasJitter }: RetryPlan): string {
  const made = delays.length + 1
  const most = hasJitter ? 'up to ' : ''
  const told = delays.slice(0, mostTold).map((ms) => `${most}${durationText(ms)}`)
  const more = delays.length > mostTold ? ' …' : '.'
  const total = delays.reduce((sum, ms) => sum + ms, 0)
  const count = attempts === 1 ? 'One attempt, at once.' : `${attempts.toLocaleString('en')} attempts: at once`
  if (attempts === 1) return count
  const waits = told.length === 0 ? '.' : `, then after ${told.join(', ')}${more}`
  const end =
    isCutShort && !hasJitter
      ? ` The time limit ends it after ${made} of them.`
      : isCutShort
        ? ' The time limit may end it earlier.'
        : ''
  const span =
    delays.length < 2 || made < attempts
      ? ''
      : ` The last begins ${most}${durationText(total)} after the first, plus what the attempts take.`
  return `${count}${waits}${span}${end}`
}
