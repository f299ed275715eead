import type { FakeCall, MockAnswer } from '@durable-canvas/interpreter/core'
import type { Json, JsonSchema } from '@durable-canvas/schema'
import { parseDuration } from '@durable-canvas/schema'
import { Autocomplete, Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { useActivities } from '../api/definitions.ts'
import { faultsOf } from '../panels/schema-faults.ts'
import { readDuration, showDuration } from '../steps/fields/duration-text.ts'
import { sealTyping } from '../store/drawing-store.ts'
import { JsonArea, readJson } from '../ui/json-area.tsx'
import styles from './try.module.css'
import { useTryActions } from './use-try-actions.ts'

export interface AnswerFieldsProps {
  readonly answer: MockAnswer
  readonly call: Pick<FakeCall, 'kind' | 'name'>
  /** What is typed under one key is one entry of the history. */
  readonly onChange: (answer: MockAnswer, key?: string) => void
}

type Kind = 'result' | 'error' | 'silent'

const errorTypes = ['Error', 'Timeout', 'HeartbeatTimeout', 'ActivityNotFound', 'InvalidInput', 'InvalidOutput']

export function AnswerFields({ answer, call, onChange }: AnswerFieldsProps) {
  const [delay, setDelay] = useState<string>()
  const afterId = useId()
  const kind: Kind = answer.silent ? 'silent' : answer.error ? 'error' : 'result'
  const takes = answer.delay === undefined ? {} : { delay: answer.delay }
  const turn = (next: Kind) => {
    if (next === 'silent') onChange({ silent: true })
    else if (next === 'error') onChange({ error: { type: 'Error', message: 'a made-up failure' }, ...takes })
    else onChange(takes)
  }
  const readDelay = (text: string) => {
    setDelay(text)
    const { delay: _old, ...rest } = answer
    const iso = readDuration(text)
    if (text.trim() === '') onChange(rest, 'delay')
    else if (parseDuration(iso) !== undefined) onChange({ ...rest, delay: iso }, 'delay')
  }
  const isWrong = delay !== undefined && delay.trim() !== '' && parseDuration(readDuration(delay)) === undefined
  return (
    <div className={styles.answer}>
      <div className={styles.kindRow}>
        <SegmentedControl
          size="xs"
          aria-label="Kind of answer"
          value={kind}
          data={[
            { value: 'result', label: 'Result' },
            { value: 'error', label: 'Error' },
            { value: 'silent', label: 'No answer' },
          ]}
          onChange={(next) => turn(next as Kind)}
        />
        {kind !== 'silent' && (
          <>
            <span className={styles.hint} id={afterId}>
              after
            </span>
            <TextInput
              className={styles.delay ?? ''}
              aria-labelledby={afterId}
              placeholder="1 s"
              value={delay ?? (answer.delay === undefined ? '' : showDuration(answer.delay))}
              error={isWrong ? 'Such as 5 s or 1 h 30 m' : undefined}
              onChange={({ currentTarget }) => readDelay(currentTarget.value)}
              onBlur={() => {
                if (!isWrong) setDelay(undefined)
                sealTyping()
              }}
            />
          </>
        )}
      </div>
      {kind === 'result' && <ResultField answer={answer} call={call} onChange={onChange} />}
      {kind === 'error' && <ErrorFields answer={answer} onChange={onChange} />}
      {kind === 'silent' && <p className={styles.hint}>It hangs until a timeout or a cancellation ends the wait.</p>}
    </div>
  )
}

function ResultField({ answer, call, onChange }: AnswerFieldsProps) {
  const [typed, setTyped] = useState<string>()
  const { data: activities } = useActivities()
  const { resultOf } = useTryActions()
  const schema = call.kind === 'activity' ? activities?.find(({ name }) => name === call.name)?.output : undefined
  const usual = resultOf(call)
  const value = answer.result === undefined ? usual : answer.result
  return (
    <JsonArea
      label="Gives"
      minRows={2}
      description={'JSON, with expressions over what it was called with if you like: "{% $input.id %}"'}
      testId="mock-result"
      text={typed ?? JSON.stringify(value, null, 2)}
      error={misfit(schema ?? undefined, value)}
      onText={(text) => {
        setTyped(text)
        const read = readJson(text)
        if ('wrong' in read) return
        const { result: _old, ...rest } = answer
        onChange(read.value === undefined ? rest : { ...rest, result: read.value }, 'result')
      }}
      onBlur={() => {
        if (typed !== undefined && 'value' in readJson(typed)) setTyped(undefined)
        sealTyping()
      }}
    />
  )
}

/** The real one could not give this. Expressions are known only when they run. */
function misfit(schema: JsonSchema | undefined, value: Json): string | undefined {
  if (JSON.stringify(value).includes('{%')) return undefined
  const [first] = faultsOf(schema, value)
  return first && `Not what the activity's schema says: ${first[0] || 'the result'}: ${first[1]}`
}

function ErrorFields({ answer, onChange }: Pick<AnswerFieldsProps, 'answer' | 'onChange'>) {
  const error = answer.error ?? { type: 'Error' }
  const change = (next: Partial<typeof error>, key?: string) =>
    onChange({ ...answer, error: { ...error, ...next } }, key)
  return (
    <>
      <Autocomplete
        label="Type"
        description="What retry and catch look at"
        data={errorTypes}
        value={error.type}
        error={error.type === '' ? 'An error has a type.' : undefined}
        onChange={(type) => change({ type }, 'type')}
      />
      <TextInput
        label="Message"
        value={error.message ?? ''}
        onChange={({ currentTarget }) => change({ message: currentTarget.value }, 'message')}
        onBlur={sealTyping}
      />
      <Checkbox
        label="Not worth a retry"
        checked={error.nonRetryable === true}
        onChange={({ currentTarget }) => {
          const { nonRetryable: _old, ...rest } = error
          onChange({ ...answer, error: currentTarget.checked ? { ...rest, nonRetryable: true } : rest })
        }}
      />
    </>
  )
}
