import type { Json } from '@durable-canvas/schema'
import { Button, NumberInput, Switch, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useActivities } from '../api/definitions.ts'
import type { Mock } from '../drawing/drawing.ts'
import { setMock } from '../drawing/operations/set-mock.ts'
import { sampleOf } from '../drawing/sample.ts'
import { idOf } from '../drawing/static-path.ts'
import { stepAt } from '../drawing/tree.ts'
import { readDuration, showDuration } from '../steps/fields/duration-text.ts'
import { titleOf } from '../steps/words.ts'
import { perform, useDrawing } from '../store/drawing-store.ts'
import { toggleBreakpoint, useTrial } from '../store/drawing-trial.ts'
import styles from './try-panel.module.css'

/** What the selected step answers when it is tried; saved with the drawing. */
export function MockEditor() {
  const path = useDrawing((state) => state.selection.at(-1))
  const step = useDrawing((state) => (path === undefined ? undefined : stepAt(state.drawing.definition, path)))
  const isBreakpoint = useTrial((trial) => path !== undefined && trial.breakpoints.has(path))
  if (path === undefined || step === undefined) {
    return <p className={styles.note}>Select a step to say what it answers, or to stop there.</p>
  }
  const answers = step.type === 'activity' || step.type === 'subOrchestration'
  return (
    <div className={styles.group}>
      <strong className={styles.title}>{titleOf(idOf(path), step)}</strong>
      <Switch label="Stop here" checked={isBreakpoint} onChange={() => toggleBreakpoint(path)} />
      {answers && <Answer key={path} path={path} activity={String(step.activity ?? '')} />}
    </div>
  )
}

function Answer({ path, activity }: { readonly path: string; readonly activity: string }) {
  const mock = useDrawing((state) => state.drawing.layout.mocks?.[path])
  const { data: activities } = useActivities()
  const [text, setText] = useState<string>()
  const [delay, setDelay] = useState<string>()
  const [fault, setFault] = useState<string>()
  const change = (next: Partial<Mock>) =>
    void perform((before) => setMock(before, path, { ...mock, ...next }), `mock:${path}`)
  const usual = sampleOf(activities?.find(({ name }) => name === activity)?.output ?? undefined)
  const fails = mock?.error !== undefined
  const read = (typed: string) => {
    setText(typed)
    try {
      change({ result: JSON.parse(typed) as Json })
      setFault(undefined)
    } catch (wrong) {
      setFault(wrong instanceof Error ? wrong.message : String(wrong))
    }
  }
  return (
    <>
      <Textarea
        label="Answers with"
        classNames={{ input: 'dc-mono' }}
        autosize
        minRows={1}
        maxRows={6}
        spellCheck={false}
        value={text ?? JSON.stringify(mock?.result ?? usual, null, 1)}
        error={fault}
        onChange={({ currentTarget }) => read(currentTarget.value)}
      />
      <Switch
        label="Fails"
        checked={fails}
        onChange={() => {
          if (!fails) return change({ error: { type: 'Error', message: 'a made-up failure' } })
          const { error: _gone, failures: _none, ...rest } = mock ?? {}
          perform((before) => setMock(before, path, rest))
          return undefined
        }}
      />
      {fails && (
        <div className={styles.pair}>
          <TextInput
            label="With the error"
            value={mock.error?.type ?? ''}
            onChange={({ currentTarget }) => change({ error: { ...mock.error, type: currentTarget.value } })}
          />
          <NumberInput
            label="So many times"
            placeholder="always"
            min={1}
            allowDecimal={false}
            hideControls
            value={mock.failures ?? ''}
            onChange={(next) => {
              if (typeof next === 'number') return change({ failures: next })
              const { failures: _none, ...rest } = mock
              perform((before) => setMock(before, path, rest))
              return undefined
            }}
          />
        </div>
      )}
      <TextInput
        label="Takes"
        placeholder="100 ms"
        value={delay ?? (mock?.delay === undefined ? '' : showDuration(mock.delay))}
        onChange={({ currentTarget }) => {
          setDelay(currentTarget.value)
          change({ delay: readDuration(currentTarget.value) })
        }}
        onBlur={() => setDelay(undefined)}
      />
      {mock !== undefined && (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => {
            setText(undefined)
            perform((before) => setMock(before, path, undefined))
          }}
        >
          Back to what its schema says
        </Button>
      )}
    </>
  )
}
