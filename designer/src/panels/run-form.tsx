// Starting an instance: a form made from the input schema, or plain JSON. What the form says is wrong is what the
// server would say.

import type { Json, JsonSchema } from '@durable-canvas/schema'
import { Alert, Button, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { messageOf } from '../api/api-problem.ts'
import { startInstance } from '../api/instances.ts'
import { addresses } from '../app/addresses.ts'
import { isObject } from '../drawing/json.ts'
import { sampleOf } from '../drawing/sample.ts'
import styles from './designer.module.css'
import { faultsOf } from './schema-faults.ts'
import { SchemaForm } from './schema-form.tsx'

export interface RunFormProps {
  readonly name: string
  /** Without it the latest one. */
  readonly version?: number | undefined
  readonly schema: JsonSchema | undefined
  /** Called with the new instance's id; without it, its page is opened. */
  readonly onStarted?: (instanceId: string) => void
}

export function RunForm({ name, version, schema, onStarted }: RunFormProps) {
  const navigate = useNavigate()
  const hasForm = isObject(schema) && isObject(schema.properties)
  const [tab, setTab] = useState<'form' | 'json'>(hasForm ? 'form' : 'json')
  const [input, setInput] = useState<Json>(() => firstInput(schema))
  const [text, setText] = useState<string>()
  const [instanceId, setInstanceId] = useState('')
  const [isStarting, setStarting] = useState(false)
  const [error, setError] = useState<unknown>()
  const [isTried, setTried] = useState(false)
  const shown = text ?? JSON.stringify(input, null, 2)
  const syntax = useMemo(() => syntaxFault(tab === 'json' ? shown : 'null'), [tab, shown])
  const faults = useMemo(() => faultsOf(schema, input), [schema, input])

  const start = async () => {
    setTried(true)
    if (syntax !== undefined || faults.size > 0) return
    setStarting(true)
    setError(undefined)
    try {
      const started = await startInstance({
        definition: name,
        input,
        ...(version !== undefined && { version }),
        ...(instanceId && { instanceId }),
      })
      if (onStarted) onStarted(started.instanceId)
      else await navigate(addresses.instance(started.instanceId))
    } catch (failure) {
      setError(failure)
      setStarting(false)
    }
  }

  return (
    <form
      className={styles.sheet}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      {hasForm && (
        <SegmentedControl
          size="xs"
          aria-label="How the input is written"
          value={tab}
          data={[
            { value: 'form', label: 'Form' },
            { value: 'json', label: 'JSON' },
          ]}
          onChange={(next) => {
            setText(undefined)
            setTab(next as 'form' | 'json')
          }}
        />
      )}
      {tab === 'form' ? (
        <SchemaForm schema={schema} value={input} onChange={setInput} faults={isTried ? faults : new Map()} />
      ) : (
        <Textarea
          label="Input"
          classNames={{ input: 'dc-mono' }}
          autosize
          minRows={8}
          maxRows={24}
          spellCheck={false}
          value={shown}
          error={
            syntax ??
            (isTried && faults.size > 0
              ? [...faults].map(([at, fault]) => `${at || 'input'}: ${fault}`).join('\n')
              : undefined)
          }
          onChange={({ currentTarget }) => {
            setText(currentTarget.value)
            const value = parsed(currentTarget.value)
            if (value !== undefined) setInput(value)
          }}
        />
      )}
      <TextInput
        label="Instance id"
        placeholder="made by the server"
        value={instanceId}
        onChange={({ currentTarget }) => setInstanceId(currentTarget.value)}
      />
      {error !== undefined && (
        <Alert color="red" title="It was not started">
          {messageOf(error)}
        </Alert>
      )}
      <div className={styles.foot}>
        <Button type="submit" leftSection={<IconPlayerPlay size={14} />} loading={isStarting}>
          Run {name}
          {version === undefined ? '' : ` v${version}`}
        </Button>
      </div>
    </form>
  )
}

function firstInput(schema: JsonSchema | undefined): Json {
  return isObject(schema) ? sampleOf(schema) : null
}

function parsed(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

function syntaxFault(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (wrong) {
    return wrong instanceof Error ? wrong.message : String(wrong)
  }
}
