// Trying one step by itself: its expressions against given data, its result made up or from a real call.
import type { Mock, MockAnswer } from '@durable-canvas/interpreter/core'
import type { Json, JsonSchema } from '@durable-canvas/schema'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type TriedActivity, useActivities } from '../../api/definitions.ts'
import { isObject, type JsonObject, textAt } from '../../drawing/json.ts'
import type { Sample } from '../../drawing/names-in-reach.ts'
import { setMock } from '../../drawing/operations/set-mock.ts'
import { sampleOf } from '../../drawing/sample.ts'
import { faultsOf } from '../../panels/schema-faults.ts'
import { perform, useDrawing } from '../../store/drawing-store.ts'
import { durationText } from '../../ui/duration-text.ts'
import { JsonArea, readJson } from '../../ui/json-area.tsx'
import { JsonView } from '../../ui/json-view.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { useFieldOwner, useOwnerValue } from '../fields/field-owner.tsx'
import { evaluateField } from './evaluate-step.ts'
import { RealCall } from './real-call.tsx'
import { Caught, Outcome, Shown } from './try-outcome.tsx'
import styles from './try-step.module.css'

export function TryStep() {
  const owner = useFieldOwner()
  const step = useOwnerValue((value) => value)
  const path = owner.step ?? ''
  const name = textAt(step, 'activity') ?? ''
  const { data: activities } = useActivities()
  const activity = activities?.find((one) => one.name === name)
  const mocked = useDrawing((state) => state.drawing.layout.mocks?.[path]?.result)
  const [dataText, setDataText] = useState<string>()
  const [way, setWay] = useState<'evaluated' | 'typed'>('evaluated')
  const [inputText, setInputText] = useState('')
  const [resultText, setResultText] = useState<string>()
  const [tried, setTried] = useState<TriedActivity>()
  const [answer, setAnswer] = useState<'result' | 'error'>('result')
  const [failure, setFailure] = useState({ type: 'Error', message: 'a made-up failure' })

  const given = owner.sample()
  const shownData = dataText ?? JSON.stringify(dataOf(given), null, 2)
  const sample = sampleFrom(shownData, given)
  const evaluated = evaluateField(step.input, sample) ?? { value: null }
  const typed = readJson(inputText)
  const input =
    way === 'typed'
      ? 'value' in typed
        ? (typed.value ?? null)
        : undefined
      : 'value' in evaluated
        ? evaluated.value
        : undefined
  const misfit = input === undefined ? undefined : misfitWords(activity?.input, input)
  const made: Json = mocked === undefined ? sampleOf(activity?.output ?? undefined) : mocked
  const usual: Json = given.source === undefined ? made : (given.bindings.result ?? made)
  const shownResult = resultText ?? JSON.stringify(usual, null, 2)
  const result = readJson(shownResult)
  const value = 'value' in result ? (result.value ?? null) : undefined
  const kept = keptAnswer(answer, resultText === undefined ? undefined : value, failure)
  return (
    <div className={styles.body}>
      <JsonArea
        label="Data"
        description={`What its expressions read: ${given.source === undefined ? 'a sample' : `as in ${given.source}`}, or what you type.`}
        minRows={2}
        text={shownData}
        onText={setDataText}
      />
      <div className={styles.part}>
        <div className={styles.head}>
          Input of {name || 'the activity'}
          <SegmentedControl
            size="xs"
            aria-label="Where the input comes from"
            value={way}
            data={[
              { value: 'evaluated', label: 'Evaluated' },
              { value: 'typed', label: 'Typed' },
            ]}
            onChange={(next) => {
              if (next === 'typed' && inputText === '') setInputText(JSON.stringify(input ?? null, null, 2))
              setWay(next as 'evaluated' | 'typed')
            }}
          />
        </div>
        {way === 'typed' ? (
          <JsonArea label="Typed input" minRows={2} text={inputText} onText={setInputText} />
        ) : (
          <Shown what={evaluated} label="input" />
        )}
        {misfit !== undefined && (
          <p className={styles.fault}>
            {name} would refuse it: {misfit}
          </p>
        )}
      </div>
      <RealCall
        name={name}
        isKnown={activity !== undefined}
        input={input}
        onAnswer={(answer) => {
          setTried(answer)
          if (answer === undefined || 'failure' in answer) return
          setAnswer('result')
          setResultText(JSON.stringify(answer.result, null, 2))
        }}
      />
      {tried && 'failure' in tried ? (
        <div className={styles.part} role="status">
          <p className={styles.fault}>
            Failed in {durationText(tried.durationMs)}: <strong>{tried.failure.type}</strong> {tried.failure.message}
          </p>
          {tried.failure.details !== undefined && <JsonView value={tried.failure.details} label="failure details" />}
          <Caught step={step} sample={sample} failure={tried.failure} />
          <div className={styles.buttons}>
            <Button size="compact-xs" variant="default" onClick={() => setTried(undefined)}>
              Go on with a made-up answer
            </Button>
          </div>
        </div>
      ) : (
        <>
          <div className={styles.head}>
            Answer
            <SegmentedControl
              size="xs"
              aria-label="What it answers"
              value={answer}
              data={[
                { value: 'result', label: 'Result' },
                { value: 'error', label: 'Error' },
              ]}
              onChange={(next) => {
                setTried(undefined)
                setAnswer(next === 'error' ? 'error' : 'result')
              }}
            />
          </div>
          {answer === 'error' ? (
            <>
              <TextInput
                label="Error type"
                value={failure.type}
                error={failure.type === '' ? 'An error has a type.' : undefined}
                onChange={({ currentTarget }) => setFailure({ ...failure, type: currentTarget.value })}
              />
              <TextInput
                label="Error message"
                value={failure.message}
                onChange={({ currentTarget }) => setFailure({ ...failure, message: currentTarget.value })}
              />
              <Caught step={step} sample={sample} failure={failure} />
            </>
          ) : (
            <>
              <JsonArea
                label="Result"
                description={
                  tried
                    ? `From the real call, in ${durationText(tried.durationMs)}.`
                    : 'Made up; what $result stands for.'
                }
                minRows={2}
                text={shownResult}
                error={value === undefined ? undefined : misfitWords(activity?.output, value)}
                onText={(text) => {
                  setTried(undefined)
                  setResultText(text)
                }}
              />
              {value !== undefined && <Outcome step={step} sample={sample} result={value} />}
            </>
          )}
          <div className={styles.buttons}>
            <Button
              size="compact-xs"
              variant="default"
              disabled={kept === undefined}
              onClick={() => {
                if (kept === undefined) return
                perform((before) => setMock(before, path, keptMock(before.layout.mocks?.[path], kept)))
                notifyDone('Kept as the answer of this step, for simulated runs')
              }}
            >
              Keep as its answer in Try
            </Button>
            {answer === 'result' && resultText !== undefined && (
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => {
                  setResultText(undefined)
                  setTried(undefined)
                }}
              >
                Back to the sample
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  )
}

function misfitWords(schema: JsonSchema | null | undefined, value: Json): string | undefined {
  const [first] = faultsOf(schema ?? undefined, value)
  return first && `${first[0] || 'the value'}: ${first[1]}`
}

/** Undefined: there is nothing to keep that Try would not make up by itself. */
function keptAnswer(
  kind: 'result' | 'error',
  result: Json | undefined,
  error: { readonly type: string; readonly message: string },
): MockAnswer | undefined {
  if (kind === 'error') return error.type === '' ? undefined : { error }
  return result === undefined ? undefined : { result }
}

/** In place of all that it answered so far; how long it takes and what its undoing answers stay. */
function keptMock(before: Mock | undefined, answer: MockAnswer): Mock {
  const { delay, compensate } = before ?? {}
  return { ...answer, ...(delay !== undefined && { delay }), ...(compensate && { compensate }) }
}

/** `$input`, variables and outputs; the rest is made up anyway. */
function dataOf({ bindings }: Sample): JsonObject {
  const { result: _result, error: _error, context: _context, input = null, ...others } = bindings
  return { input, ...others }
}

function sampleFrom(text: string, usual: Sample): Sample {
  const read = readJson(text)
  if (!('value' in read) || !isObject(read.value)) return usual
  return { ...usual, input: read.value.input ?? null, bindings: { ...usual.bindings, ...read.value } }
}
