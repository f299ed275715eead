import { type Json, parseDuration } from '@durable-canvas/schema'
import { Switch } from '@mantine/core'
import { getAt, isObject } from '../../drawing/json.ts'
import { durationText } from '../../ui/duration-text.ts'
import { DurationField } from './duration-field.tsx'
import { ErrorTypesField } from './error-types-field.tsx'
import { useField } from './field-owner.tsx'
import styles from './fields.module.css'
import { ChoiceField, NumberField } from './text-field.tsx'

const first: Json = { maxNumberOfAttempts: 3, firstRetryInterval: 'PT5S' }

export function RetryField() {
  const { value, set, pointer } = useField(['retry'])
  const isOn = value !== undefined
  return (
    <div className={styles.rows} data-field={pointer}>
      <Switch label="Retry" checked={isOn} onChange={() => set(isOn ? undefined : first)} />
      {isObject(value) && (
        <>
          <div className={styles.pair}>
            <NumberField path={['retry', 'maxNumberOfAttempts']} label="Attempts" min={1} isRequired />
            <DurationField path={['retry', 'firstRetryInterval']} label="First delay" placeholder="0 s" />
            <NumberField
              path={['retry', 'backoffCoefficient']}
              label="Times longer"
              placeholder="1"
              min={1}
              isWhole={false}
            />
            <DurationField path={['retry', 'maxRetryInterval']} label="Longest delay" placeholder="no limit" />
          </div>
          <DelayCurve retry={value} />
          <div className={styles.pair}>
            <DurationField path={['retry', 'retryTimeout']} label="Give up after" placeholder="no limit" />
            <ChoiceField
              path={['retry', 'jitter']}
              label="Jitter"
              absent="None"
              options={[
                { value: 'full', label: 'Full' },
                { value: 'none', label: 'None, said so' },
              ]}
            />
          </div>
          <ErrorTypesField path={['retry', 'retryOn']} label="Only on these errors" />
          <ErrorTypesField path={['retry', 'abortOn']} label="Never on these errors" />
        </>
      )}
    </div>
  )
}

const mostDrawn = 12

/** When each attempt begins, if all before it fail at once. */
export function attemptTimes(retry: Json): number[] {
  const attempts = Number(getAt(retry, ['maxNumberOfAttempts'])) || 1
  const ms = (key: string) => {
    const text = getAt(retry, [key])
    return typeof text === 'string' ? parseDuration(text) : undefined
  }
  const factor = Number(getAt(retry, ['backoffCoefficient'])) || 1
  const longest = ms('maxRetryInterval') ?? Number.POSITIVE_INFINITY
  const limit = ms('retryTimeout') ?? Number.POSITIVE_INFINITY
  const times = [0]
  let at = 0
  for (let retryNumber = 1; retryNumber < Math.min(attempts, mostDrawn); retryNumber += 1) {
    at += Math.min((ms('firstRetryInterval') ?? 0) * factor ** (retryNumber - 1), longest)
    if (at > limit) break
    times.push(at)
  }
  return times
}

function DelayCurve({ retry }: { readonly retry: Json }) {
  const times = attemptTimes(retry)
  const last = times.at(-1) ?? 0
  const place = (ms: number) => 14 + (last === 0 ? 0 : (ms / last) * 292)
  const words = times.map((ms, index) => `attempt ${index + 1} after ${durationText(ms)}`).join(', ')
  return (
    <svg className={styles.curve} viewBox="0 0 320 54" role="img" aria-label={`Without success: ${words}`}>
      <line x1={8} y1={26} x2={312} y2={26} />
      {times.map((ms, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attempts are their numbers
        <g key={index}>
          <circle cx={place(ms)} cy={26} r={4} />
          {(index === 0 || index === times.length - 1 || times.length < 6) && (
            <text
              x={place(ms)}
              y={index % 2 === 0 ? 44 : 14}
              textAnchor={index === times.length - 1 && index > 0 ? 'end' : index === 0 ? 'start' : 'middle'}
            >
              {durationText(ms).replace('0 ms', 'at once')}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}
