// Trying one step by itself: its expressions against given data, its result made up or from a real call.
import type { Json } from '@durable-canvas/schema'
import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { messageOf } from '../../api/api-problem.ts'
import { runActivity, type TriedActivity, useActivities } from '../../api/definitions.ts'
import { isObject, type JsonObject, textAt } from '../../drawing/json.ts'
import type { Sample } from '../../drawing/names-in-reach.ts'
import { setMock } from '../../drawing/operations/set-mock.ts'
import { sampleOf } from '../../drawing/sample.ts'
import { perform, useDrawing } from '../../store/drawing-store.ts'
import { durationText } from '../../ui/duration-text.ts'
import { JsonArea, readJson } from '../../ui/json-area.tsx'
import { JsonView } from '../../ui/json-view.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { useFieldOwner, useOwnerValue } from '../fields/field-owner.tsx'
import { caughtBy, type Evaluated, evaluateField, outcomeOf } from './evaluate-step.ts'
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

  const shownData = dataText ?? JSON.stringify(dataOf(owner.sample()), null, 2)
  const sample = sampleFrom(shownData, owner.sample())
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
  const usual: Json = mocked === undefined ? sampleOf(activity?.output ?? undefined) : mocked
  const shownResult = resultText ?? JSON.stringify(usual, null, 2)
  const result = readJson(shownResult)
  const value = 'value' in result ? (result.value ?? null) : undefined
  return (
    <div className={styles.body}>
      <JsonArea
        label="Data"
        description="What its expressions read: a sample, or what you type."
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
      </div>
      <RealCall
        name={name}
        isKnown={activity !== undefined}
        input={input}
        onAnswer={(answer) => {
          setTried(answer)
          if (answer && 'result' in answer) setResultText(JSON.stringify(answer.result, null, 2))
        }}
      />
      {tried && 'failure' in tried ? (
        <Failed step={step} sample={sample} tried={tried} onMock={() => setTried(undefined)} />
      ) : (
        <>
          <JsonArea
            label="Result"
            description={
              tried ? `From the real call, in ${durationText(tried.durationMs)}.` : 'Made up; what $result stands for.'
            }
            minRows={2}
            text={shownResult}
            onText={(text) => {
              setTried(undefined)
              setResultText(text)
            }}
          />
          {value !== undefined && <Outcome step={step} sample={sample} result={value} />}
          <div className={styles.buttons}>
            <Button
              size="compact-xs"
              variant="default"
              disabled={value === undefined || resultText === undefined}
              onClick={() => {
                perform((before) => setMock(before, path, { ...before.layout.mocks?.[path], result: value ?? null }))
                notifyDone('Kept as the answer of this step, for simulated runs')
              }}
            >
              Keep as its answer in Try
            </Button>
            {resultText !== undefined && (
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

/** `$input`, variables and outputs; the rest is made up anyway. */
function dataOf({ bindings }: Sample): JsonObject {
  const { result: _result, error: _error, context: _context, input = null, ...others } = bindings
  return { input, ...others }
}

function sampleFrom(text: string, usual: Sample): Sample {
  const read = readJson(text)
  if (!('value' in read) || !isObject(read.value)) return usual
  return { input: read.value.input ?? null, bindings: { ...usual.bindings, ...read.value } }
}

function Shown({ what, label }: { readonly what: Exclude<Evaluated, undefined>; readonly label: string }) {
  return 'fault' in what ? <p className={styles.fault}>{what.fault}</p> : <JsonView value={what.value} label={label} />
}

function Outcome({
  step,
  sample,
  result,
}: {
  readonly step: JsonObject
  readonly sample: Sample
  readonly result: Json
}) {
  const { output, assigned } = outcomeOf(step, sample, result)
  return (
    <>
      <div className={styles.part}>
        <div className={styles.head}>Output of the step</div>
        <Shown what={output} label="output" />
      </div>
      {assigned && (
        <div className={styles.part}>
          <div className={styles.head}>Sets variables</div>
          <Shown what={assigned} label="variables" />
        </div>
      )}
    </>
  )
}

interface FailedProps {
  readonly step: JsonObject
  readonly sample: Sample
  readonly tried: Extract<TriedActivity, { readonly failure: object }>
  readonly onMock: () => void
}

function Failed({ step, sample, tried: { failure, durationMs }, onMock }: FailedProps) {
  const caught = caughtBy(step, sample, failure)
  return (
    <div className={styles.part} role="status">
      <p className={styles.fault}>
        Failed in {durationText(durationMs)}: <strong>{failure.type}</strong> {failure.message}
      </p>
      {failure.details !== undefined && <JsonView value={failure.details} label="failure details" />}
      <p className={styles.note}>
        {caught === undefined
          ? 'No catch of the step takes it: its scope would fail.'
          : 'fault' in caught
            ? `The condition of a catch fails: ${caught.fault}`
            : `A catch takes it, on to ${caught.next}.`}
      </p>
      {caught && 'next' in caught && caught.assigned && <Shown what={caught.assigned} label="variables" />}
      <div className={styles.buttons}>
        <Button size="compact-xs" variant="default" onClick={onMock}>
          Go on with a made-up result
        </Button>
      </div>
    </div>
  )
}

interface RealCallProps {
  readonly name: string
  readonly isKnown: boolean
  /** Undefined: there is none that could be sent. */
  readonly input: Json | undefined
  readonly onAnswer: (answer: TriedActivity | undefined) => void
}

function RealCall({ name, isKnown, input, onAnswer }: RealCallProps) {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const call = async () => {
    setBusy(true)
    setError(undefined)
    onAnswer(undefined)
    try {
      onAnswer(await runActivity(name, input ?? null))
    } catch (thrown) {
      setError(messageOf(thrown))
    } finally {
      setBusy(false)
    }
  }
  if (!isKnown) return null
  return (
    <div className={styles.real}>
      <p className={styles.note}>
        <strong>The real thing:</strong> {name} runs on the server with this input, and does what it does: it may
        charge, send or store. Nothing is recorded, nothing is retried.
      </p>
      <Button
        size="compact-xs"
        variant="default"
        color="red"
        loading={isBusy}
        disabled={input === undefined}
        onClick={() => void call()}
      >
        Really call {name}
      </Button>
      {error !== undefined && (
        <p className={styles.fault} role="alert">
          It was not called: {error}
        </p>
      )}
    </div>
  )
}
