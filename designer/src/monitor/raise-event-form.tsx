import type { Json } from '@durable-canvas/schema'
import { Autocomplete, Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { messageOf } from '../api/api-problem.ts'
import type { Instance } from '../api/api-types.ts'
import { raiseEvent } from '../api/instances.ts'
import { notifyDone } from '../ui/notify.ts'

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
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const data = readJson(text)
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    if ('wrong' in data) return
    setBusy(true)
    setError(null)
    // The same id again changes nothing, so that a retry after silence cannot send it twice.
    raiseEvent(instance.instanceId, name.trim(), data.value, crypto.randomUUID())
      .then(() => {
        notifyDone(`Event ${name.trim()} is delivered`)
        onDone()
      })
      .catch((thrown: unknown) => setError(messageOf(thrown)))
      .finally(() => setBusy(false))
  }
  return (
    <form onSubmit={submit}>
      <Autocomplete
        label="Event"
        description={
          awaited.length > 0
            ? `It waits for ${awaited.join(', ')}`
            : 'Nothing waits for an event now; it is kept until a step does.'
        }
        data={awaited}
        value={name}
        onChange={setName}
        {...(awaited.length === 0 ? { 'data-autofocus': true } : {})}
        openOnFocus={false}
        comboboxProps={{ withinPortal: false }}
      />
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
        {...(awaited.length > 0 ? { 'data-autofocus': true } : {})}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
        }}
      />
      <Button type="submit" fullWidth mt="md" loading={isBusy} disabled={name.trim() === '' || 'wrong' in data}>
        Raise {name.trim() || 'event'}
      </Button>
    </form>
  )
}
