// What a saved test looks at in the end, field by field. What is left empty it does not look at.
import type { Expectation, TestResult } from '@durable-canvas/interpreter/core'
import type { Json } from '@durable-canvas/schema'
import { Button, Checkbox, MultiSelect, Select } from '@mantine/core'
import { type FormEvent, useMemo, useState } from 'react'
import { expectationFault } from '../drawing/mocks.ts'
import { allSteps } from '../drawing/tree.ts'
import { useDrawing } from '../store/drawing-store.ts'
import { JsonArea, readJson } from '../ui/json-area.tsx'
import { statusLooks } from '../ui/status.ts'
import styles from './try.module.css'

export interface EditExpectationProps {
  readonly name: string
  readonly expect: Expectation
  /** Of the last run of the test, if it still counts. */
  readonly came: TestResult['actual'] | undefined
  readonly onSave: (expect: Expectation) => void
  readonly onCancel: () => void
}

const texts = ['output', 'failure', 'customStatus'] as const
type Texts = Readonly<Record<(typeof texts)[number], string>>

const labels: Texts = { output: 'Output', failure: 'Failure', customStatus: 'Custom status' }
const hints: Texts = {
  output: 'JSON',
  failure: 'Its type as a JSON text, or an object with type, message or step',
  customStatus: 'JSON',
}

const textOf = (value: Json | undefined) => (value === undefined ? '' : JSON.stringify(value, null, 2))

const textsOf = ({ output, failure, customStatus }: Expectation): Texts => ({
  output: textOf(output),
  failure: textOf(failure as Json | undefined),
  customStatus: textOf(customStatus),
})

export function EditExpectation({ name, expect, came, onSave, onCancel }: EditExpectationProps) {
  const definition = useDrawing((state) => state.drawing.definition)
  const [status, setStatus] = useState<string | null>(expect.status ?? null)
  const [typed, setTyped] = useState(() => textsOf(expect))
  const [steps, setSteps] = useState(expect.steps)
  const paths = useMemo(
    () => [...new Set([...allSteps(definition).map(({ path }) => path), ...(steps ?? [])])],
    [definition, steps],
  )
  const fields: { [field: string]: Json } = {
    ...(status !== null && { status }),
    ...(steps && { steps }),
  }
  let isWrong = false
  for (const field of texts) {
    const read = readJson(typed[field])
    if ('wrong' in read) isWrong = true
    else if (read.value !== undefined) fields[field] = read.value
  }
  const fault = isWrong ? undefined : expectationFault(fields)
  const takeOver = ({ failure, ...actual }: TestResult['actual']) => {
    const kept = failureFields(failure)
    setStatus(actual.status)
    setSteps(actual.steps)
    setTyped({
      output: actual.status === 'Completed' ? textOf(actual.output) : '',
      failure: textOf(kept),
      customStatus: actual.customStatus === null ? '' : textOf(actual.customStatus),
    })
  }
  const save = (event?: FormEvent) => {
    event?.preventDefault()
    if (!isWrong && fault === undefined) onSave(fields as Expectation)
  }
  return (
    <form className={styles.expectation} aria-label={`What ${name} expects`} onSubmit={save}>
      <p className={styles.hint}>What is left empty is not looked at.</p>
      <Select
        label="Status"
        placeholder="any"
        clearable
        data={Object.keys(statusLooks)}
        value={status}
        onChange={setStatus}
        comboboxProps={{ withinPortal: true }}
      />
      {texts.map((field) => (
        <JsonArea
          key={field}
          label={labels[field]}
          description={hints[field]}
          placeholder="any"
          minRows={1}
          text={typed[field]}
          onText={(text) => setTyped({ ...typed, [field]: text })}
          onSubmit={save}
        />
      ))}
      <Checkbox
        label="These steps complete and no others"
        checked={steps !== undefined}
        onChange={({ currentTarget }) => setSteps(currentTarget.checked ? (came?.steps ?? []) : undefined)}
      />
      {steps && (
        <MultiSelect
          aria-label="Steps that complete"
          searchable
          data={paths}
          value={[...steps]}
          onChange={setSteps}
          comboboxProps={{ withinPortal: true }}
        />
      )}
      {fault !== undefined && (
        <p className={styles.testFault} role="alert">
          {fault}
        </p>
      )}
      <div className={styles.row}>
        <Button type="submit" size="compact-sm" disabled={isWrong || fault !== undefined}>
          Save what it expects
        </Button>
        {came && (
          <Button size="compact-sm" variant="default" onClick={() => takeOver(came)}>
            Expect what came
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

/** As a run is saved: messages may change without anything being wrong. */
function failureFields(failure: Json): Json | undefined {
  if (typeof failure !== 'object' || failure === null || Array.isArray(failure)) return undefined
  const { type, step } = failure as { readonly [field: string]: Json }
  return { ...(type !== undefined && { type }), ...(step !== undefined && { step }) }
}
