// Try: the draft runs here in the browser, step by step or at once; what its activities answer is typed in beside it.

import type { HistoryEvent, Json } from '@durable-canvas/schema'
import { ActionIcon, Button, SegmentedControl, Textarea, Tooltip } from '@mantine/core'
import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlayerStop,
  IconPlayerTrackNext,
} from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useActivities } from '../api/definitions.ts'
import { sampleOf } from '../drawing/sample.ts'
import { useDrawing } from '../store/drawing-store.ts'
import {
  continueTrial,
  pauseTrial,
  raiseInTrial,
  setPace,
  startTrial,
  stepTrial,
  stopTrial,
  useTrial,
} from '../store/drawing-trial.ts'
import { durationText } from '../ui/duration-text.ts'
import { MockEditor } from './mock-editor.tsx'
import { eventWords } from './trial-words.ts'
import styles from './try-panel.module.css'

export function TryPanel() {
  const schema = useDrawing((state) => state.drawing.definition.input)
  const { data: activities } = useActivities()
  const [text, setText] = useState<string>()
  const [fault, setFault] = useState<string>()
  const shown = text ?? JSON.stringify(sampleOf(schema), null, 2)
  const phase = useTrial((trial) => trial.phase)
  const error = useTrial((trial) => trial.error)

  const start = () => {
    try {
      const input: Json = JSON.parse(shown)
      setFault(undefined)
      const outputs = new Map((activities ?? []).map(({ name, output }) => [name, output ?? undefined]))
      void startTrial(input, (activity) => outputs.get(activity))
    } catch (wrong) {
      setFault(wrong instanceof Error ? wrong.message : String(wrong))
    }
  }

  return (
    <div className={styles.panel}>
      <div className={styles.column}>
        <Textarea
          label="Input"
          classNames={{ input: 'dc-mono' }}
          minRows={3}
          maxRows={7}
          autosize
          spellCheck={false}
          value={shown}
          error={fault}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Button leftSection={<IconPlayerPlay size={14} />} onClick={start}>
          {phase === 'none' ? 'Try it' : 'Try it again'}
        </Button>
        {error !== undefined && (
          <div role="alert" className={styles.error}>
            It cannot run like this: {error}
          </div>
        )}
        <p className={styles.note}>Runs here, on a made-up clock, with made-up answers. No server is touched.</p>
      </div>
      <div className={styles.middle}>
        <Controls />
        <EventLog />
      </div>
      <div className={styles.column}>
        <RaiseEvent />
        <MockEditor />
      </div>
    </div>
  )
}

function Controls() {
  const { phase, pace, now, began, status, output, failure } = useTrial()
  const isOpen = phase === 'paused'
  const control = (label: string, icon: React.ReactNode, isEnabled: boolean, run: () => void) => (
    <Tooltip label={label}>
      <ActionIcon variant="default" aria-label={label} disabled={!isEnabled} onClick={run}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
  return (
    <div className={styles.controls} role="toolbar" aria-label="Simulated run">
      {control('Step', <IconPlayerSkipForward size={15} stroke={1.8} />, isOpen, stepTrial)}
      {phase === 'going'
        ? control('Pause', <IconPlayerPause size={15} stroke={1.8} />, true, pauseTrial)
        : control('Continue', <IconPlayerTrackNext size={15} stroke={1.8} />, isOpen, continueTrial)}
      {control('Stop', <IconPlayerStop size={15} stroke={1.8} />, phase !== 'none', stopTrial)}
      <SegmentedControl
        size="xs"
        aria-label="Speed"
        value={pace}
        data={[
          { value: 'watch', label: 'Watch' },
          { value: 'at once', label: 'At once' },
        ]}
        onChange={(next) => setPace(next === 'watch' ? 'watch' : 'at once')}
      />
      {phase !== 'none' && (
        <span className={styles.clock} role="status">
          {status.toLowerCase()} · {durationText(now - began)} on the clock
          {output !== undefined && <code title={JSON.stringify(output)}> {JSON.stringify(output)}</code>}
          {failure !== undefined && <strong> {failure}</strong>}
        </span>
      )}
    </div>
  )
}

function EventLog() {
  const history = useTrial((trial) => trial.history)
  const began = useTrial((trial) => trial.began)
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (history.length > 0) list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [history])
  return (
    <ol className={styles.log} ref={list} aria-label="What happened">
      {history.map((event) => (
        <LogLine key={event.seq} event={event} began={began} />
      ))}
    </ol>
  )
}

function LogLine({ event, began }: { readonly event: HistoryEvent; readonly began: number }) {
  return (
    <li>
      <span className={styles.at}>{durationText(Date.parse(event.at) - began)}</span>
      <span className={styles.step}>{'step' in event ? event.step : ''}</span>
      <span className={styles.words}>{eventWords(event)}</span>
    </li>
  )
}

function RaiseEvent() {
  const awaited = useTrial((trial) => trial.awaited)
  const [text, setText] = useState('{}')
  const [fault, setFault] = useState<string>()
  if (awaited.length === 0) return null
  const raise = (name: string) => {
    try {
      raiseInTrial(name, JSON.parse(text) as Json)
      setFault(undefined)
    } catch (wrong) {
      setFault(wrong instanceof Error ? wrong.message : String(wrong))
    }
  }
  return (
    <div className={styles.group}>
      <Textarea
        label="Data of the event"
        classNames={{ input: 'dc-mono' }}
        autosize
        value={text}
        error={fault}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {awaited.map((name) => (
        <Button key={name} variant="default" onClick={() => raise(name)}>
          Raise {name}
        </Button>
      ))}
    </div>
  )
}
