import type { Json } from '@durable-canvas/schema'
import { Button, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { messageOf } from '../api/api-problem.ts'
import type { Instance } from '../api/api-types.ts'
import { raiseEvent } from '../api/instances.ts'
import { notifyDone } from '../ui/notify.ts'
import { OperatorField } from './operation-form.tsx'
import styles from './raise-event-form.module.css'
import { useOperator } from './use-operator.ts'

/** JSON, or what is wrong with it in words. Nothing at all is null. */
export function readJson(text: string): { readonly value: Json } | { readonly wrong: string } {
  if (text.trim() === '') return { value: null }
  try {
    return { value: JSON.parse(text) as Json }
  } catch (error) {
    return { wrong: messageOf(error) }
  }
}

/** Sends an external event; the name is the one that the instance waits for. */
export function RaiseEventForm({ instance, onDone }: { readonly instance: Instance; readonly onDone: () => void }) {
  const awaited = [
    ...new Set(instance.waitingFor.flatMap((task) => (task.kind === 'event' && task.name ? [task.name] : []))),
  ]
  const [name, setName] = useState(awaited[0] ?? '')
  const [text, setText] = useState('')
  const [operator, setOperator] = useOperator()
  const [by, setBy] = useState(operator)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  // The same id again changes nothing, so that a second try after silence cannot send it twice.
  const [messageId] = useState(() => crypto.randomUUID())
  const data = readJson(text)
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    if ('wrong' in data || name.trim() === '') return
    setBusy(true)
    setError(null)
    setOperator(by.trim())
    raiseEvent(instance.instanceId, name.trim(), data.value, { messageId, ...(by.trim() && { by: by.trim() }) })
      .then(() => {
        notifyDone(`Event ${name.trim()} is delivered`)
        onDone()
      })
      .catch((thrown: unknown) => setError(messageOf(thrown)))
      .finally(() => setBusy(false))
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label="Event"
        description={
          awaited.length > 0
            ? `It waits for ${awaited.join(', ')}`
            : 'Nothing waits for an event now; it is kept until a step does.'
        }
        maxLength={255}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        {...(awaited.length === 0 && { 'data-autofocus': true })}
      />
      {awaited.length > 1 && (
        <fieldset className={styles.awaited} aria-label="Events that it waits for">
          {awaited.map((one) => (
            <button key={one} type="button" aria-pressed={one === name.trim()} onClick={() => setName(one)}>
              {one}
            </button>
          ))}
        </fieldset>
      )}
      <Textarea
        mt="sm"
        label="Data"
        description="JSON; empty is null"
        placeholder='{ "approved": true }'
        autosize
        minRows={4}
        maxRows={14}
        classNames={{ input: 'dc-mono' }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={'wrong' in data ? data.wrong : error}
        {...(awaited.length > 0 && { 'data-autofocus': true })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
        }}
      />
      <OperatorField value={by} onChange={setBy} />
      <Button type="submit" fullWidth mt="md" loading={isBusy} disabled={name.trim() === '' || 'wrong' in data}>
        Raise {name.trim() || 'event'}
      </Button>
    </form>
  )
}
