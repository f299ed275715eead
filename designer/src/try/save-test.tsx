import { waitingFor } from '@durable-canvas/interpreter/core'
import { Button, Popover, TextInput, Tooltip } from '@mantine/core'
import { IconClipboardCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { testsOf } from '../drawing/mocks.ts'
import { saveTest } from '../drawing/operations/set-tests.ts'
import { perform, useDrawing } from '../store/drawing-store.ts'
import { type TryRun, useTry } from '../store/try-run.ts'
import { notifyDone } from '../ui/notify.ts'
import styles from './try.module.css'

/** What was watched becomes a test: the same input, answers and events have to lead to the same end. */
export function SaveTest() {
  const run = useTry((state) => state.run)
  const phase = useTry((state) => state.phase)
  const rest = useTry((state) => state.rest.kind)
  const tests = useDrawing((state) => state.drawing.layout.tests)
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState<string>()
  useTry((state) => state.revision)
  const canSave = run !== undefined && (phase === 'ended' || (phase === 'resting' && rest === 'waiting'))
  if (!canSave) return null
  const status = run?.simulation.state.status.toLowerCase() ?? ''
  const names = testsOf({ ...(tests && { tests }) }).map(({ name }) => name)
  const name = typed ?? freeName(endName(run), names)
  const isTaken = names.includes(name.trim())
  const save = async () => {
    if (run === undefined || name.trim() === '') return
    const { testOfRun } = await import('../store/try-test.ts')
    perform((before) => saveTest(before, testOfRun(run, name.trim())))
    notifyDone(`Test "${name.trim()}" is saved with the drawing`)
    setOpen(false)
    setTyped(undefined)
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-end" width={320} trapFocus withinPortal>
      <Popover.Target>
        <Tooltip label="Its input, answers and events, and what came of them">
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconClipboardCheck size={13} stroke={1.8} />}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            Save as test…
          </Button>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <TextInput
            label="Name of the test"
            value={name}
            data-autofocus
            description={`Expects it ${status === 'running' ? 'to wait where it waits now' : `to be ${status}`}, with the same output and the same steps.`}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <Button type="submit" disabled={name.trim() === ''}>
            {isTaken ? `Save over "${name.trim()}"` : 'Save the test'}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

/** What tells one test from the others at first sight: how it ends. */
function endName({ simulation }: TryRun): string {
  const { status, failure } = simulation.state
  if (failure !== null) return `fails with ${failure.type}`
  if (status === 'Completed') return 'completes'
  const [awaited] = waitingFor(simulation.state)
  return awaited?.name === undefined ? 'waits' : `waits for ${awaited.name}`
}

function freeName(base: string, taken: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base} ${count}`
    if (!taken.includes(name)) return name
  }
}
