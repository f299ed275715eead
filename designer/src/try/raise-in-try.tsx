import { Autocomplete, Button } from '@mantine/core'
import { useState } from 'react'
import { JsonArea, readJson } from '../ui/json-area.tsx'
import type { AwaitedEvent } from './rest-words.ts'
import styles from './try.module.css'
import { loadPlayer } from './use-try-actions.ts'

export interface RaiseInTryProps {
  readonly awaited: readonly AwaitedEvent[]
  readonly onDone: () => void
}

export function RaiseInTry({ awaited, onDone }: RaiseInTryProps) {
  const [name, setName] = useState(awaited[0]?.name ?? '')
  const [typed, setTyped] = useState<string>()
  const sample = awaited.find((event) => event.name === name)?.sample ?? null
  const text = typed ?? (sample === null ? '' : JSON.stringify(sample, null, 2))
  const data = readJson(text)
  const isReady = name.trim() !== '' && 'value' in data
  const raise = () => {
    if (!('value' in data) || name.trim() === '') return
    void loadPlayer().then(({ raiseInTry }) => raiseInTry(name.trim(), data.value ?? null))
    onDone()
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        raise()
      }}
    >
      <Autocomplete
        label="Event"
        description={
          awaited.length > 0
            ? `Something waits for ${awaited.map((event) => event.name).join(', ')}`
            : 'Nothing waits for one now; it is kept until a step does.'
        }
        data={awaited.map((event) => event.name)}
        value={name}
        onChange={setName}
        data-autofocus
        comboboxProps={{ withinPortal: false }}
      />
      <JsonArea label="Data" description="JSON; empty is null" text={text} onText={setTyped} onSubmit={raise} />
      <Button type="submit" disabled={!isReady}>
        Raise {name.trim() || 'the event'}
      </Button>
    </form>
  )
}
