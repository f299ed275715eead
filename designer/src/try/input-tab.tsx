import type { Json, JsonSchema } from '@durable-canvas/schema'
import { parseInstant } from '@durable-canvas/schema'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { isObject } from '../drawing/json.ts'
import { faultsOf } from '../panels/schema-faults.ts'
import { SchemaForm } from '../panels/schema-form.tsx'
import { useDrawing } from '../store/drawing-store.ts'
import { setTryInput, setTryStart, useTry } from '../store/try-run.ts'
import { JsonArea, readJson } from '../ui/json-area.tsx'
import styles from './try.module.css'
import { usualInput } from './use-try-actions.ts'

const usualStart = '2026-01-01T09:00:00.000Z'

/** What the next run starts with. */
export function InputTab() {
  const schema = useDrawing((state) => state.drawing.definition.input)
  const typed = useTry((state) => state.input)
  const startAt = useTry((state) => state.startAt)
  const hasForm = isObject(schema) && isObject(schema.properties)
  const [way, setWay] = useState<'form' | 'json'>(hasForm ? 'form' : 'json')
  const [text, setText] = useState<string>()
  const [start, setStart] = useState(startAt ?? '')
  const input = typed === undefined ? usualInput() : typed
  const faults = faultsOf(schema as JsonSchema | undefined, input)
  const wrongStart = start.trim() !== '' && parseInstant(start.trim()) === undefined
  const change = (value: Json) => setTryInput(value)
  const isForm = way === 'form' && hasForm
  return (
    <div className={styles.input}>
      <div className={styles.row}>
        {hasForm && (
          <SegmentedControl
            size="xs"
            aria-label="How the input is written"
            value={way}
            data={[
              { value: 'form', label: 'Form' },
              { value: 'json', label: 'JSON' },
            ]}
            onChange={(next) => {
              setText(undefined)
              setWay(next as 'form' | 'json')
            }}
          />
        )}
        <span className={styles.hint}>
          {typed === undefined
            ? schema === undefined
              ? 'The workflow declares no input.'
              : 'From the input schema: its example, else something of the right kind.'
            : 'As you typed it.'}
        </span>
        {typed !== undefined && (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => {
              setText(undefined)
              setTryInput(undefined)
            }}
          >
            Back to the example
          </Button>
        )}
      </div>
      {isForm ? (
        <SchemaForm schema={schema} value={input} onChange={change} faults={faults} />
      ) : (
        <JsonArea
          label="Input"
          minRows={5}
          text={text ?? JSON.stringify(input, null, 2)}
          error={[...faults].map(([at, fault]) => `${at || 'input'}: ${fault}`).join('; ') || undefined}
          onText={(next) => {
            setText(next)
            const read = readJson(next)
            if ('value' in read) change(read.value ?? null)
          }}
        />
      )}
      <TextInput
        label="Starts at"
        description="Virtual time. The same every time, so that a run comes out the same."
        placeholder={usualStart}
        value={start}
        error={wrongStart ? 'An ISO 8601 instant, such as 2026-01-01T09:00:00Z' : undefined}
        onChange={({ currentTarget }) => {
          setStart(currentTarget.value)
          const next = currentTarget.value.trim()
          setTryStart(next === '' || parseInstant(next) === undefined ? undefined : next)
        }}
      />
    </div>
  )
}
