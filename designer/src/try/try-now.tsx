// One line: where the run stands, what it waits for, and what can be done about it.
import { waitingFor } from '@durable-canvas/interpreter/core'
import { Button, Popover, Tooltip } from '@mantine/core'
import { IconBolt } from '@tabler/icons-react'
import { useState } from 'react'
import { select, useDrawing } from '../store/drawing-store.ts'
import { lookAt, type TryRun, useTry } from '../store/try-run.ts'
import { clockText, durationText } from '../ui/duration-text.ts'
import { RaiseInTry } from './raise-in-try.tsx'
import { awaitedEvents, restWords, titlesOf } from './rest-words.ts'
import { SaveTest } from './save-test.tsx'
import styles from './try.module.css'
import { loadPlayer, useTryActions } from './use-try-actions.ts'

export function TryNow({ onMock }: { readonly onMock: () => void }) {
  const run = useTry((state) => state.run)
  const phase = useTry((state) => state.phase)
  const rest = useTry((state) => state.rest)
  const lookedAt = useTry((state) => state.lookAt)
  useTry((state) => state.revision)
  const isOld = useDrawing((state) => run !== undefined && state.drawing.definition !== run.source)
  const { begin } = useTryActions()
  if (run === undefined) {
    return (
      <p className={styles.now}>
        Runs here in the browser, on a clock of its own and with made-up answers. No server is touched.
      </p>
    )
  }
  if (lookedAt !== undefined) {
    return (
      <div className={styles.now} data-tone="past" role="status">
        <span className={styles.words}>Looking back at event {lookedAt}; the run itself stands where it stood.</span>
        <Button size="compact-xs" variant="default" onClick={() => lookAt(undefined)}>
          Back to now
        </Button>
      </div>
    )
  }
  const isOver = phase === 'ended'
  return (
    <div className={styles.now} data-tone={rest.kind === 'breakpoint' && !isOver ? 'break' : undefined}>
      <span className={styles.words} role="status">
        {isOver ? endWords(run) : phase === 'playing' ? 'Running…' : restWords(rest, titlesOf(run.definition))}
        {!isOver && <Upcoming run={run} onMock={onMock} />}
      </span>
      {run.test !== undefined && (
        <span className={styles.watched}>
          Test “{run.test.name}”
          <Tooltip label="Next time with the drawing's own input, answers and no events">
            <Button size="compact-xs" variant="default" onClick={leaveTest}>
              Leave the test
            </Button>
          </Tooltip>
        </span>
      )}
      {isOld && (
        <span className={styles.old}>
          The draft has changed since.
          <Button size="compact-xs" variant="default" onClick={() => begin(phase === 'ended')}>
            Start anew
          </Button>
        </span>
      )}
      {!isOver && <RaiseButton run={run} />}
      <SaveTest />
    </div>
  )
}

const leaveTest = () => void loadPlayer().then(({ endTry }) => endTry())

function endWords(run: TryRun): string {
  const { state, now } = run.simulation
  const calls = [...run.answered.values()].reduce((sum, { length }) => sum + length, 0)
  const again = run.executions > 1 ? `, as new ${run.executions - 1} times` : ''
  const word = state.status === 'Completed' ? 'Completed' : state.status === 'Failed' ? 'Failed' : 'Stopped'
  return `${word} after ${durationText(now - run.startAt)} of virtual time${again}: ${run.happened.length} events, ${calls} made-up ${calls === 1 ? 'answer' : 'answers'}.`
}

/** What comes next and when; what it waits for where nothing does. */
function Upcoming({ run, onMock }: { readonly run: TryRun; readonly onMock: () => void }) {
  const { simulation } = run
  const waits = waitingFor(simulation.state, 4)
  const next = simulation.upcoming()
  const silent = simulation.pending().find(({ answer }) => answer === null)
  return (
    <>
      {waits.length > 0 && (
        <span className={styles.waits}>
          {' '}
          Waits for{' '}
          {waits.map(({ kind, name, step, dueAt, task }, index) => (
            <span key={task}>
              {index > 0 && ', '}
              <button type="button" className={styles.link} onClick={() => select([boxOf(step)])}>
                {kind === 'event' ? `event ${name}` : kind === 'timer' ? 'the clock' : name}
              </button>
              {dueAt !== undefined && kind !== 'activity' && ` until ${clockText(Date.parse(dueAt), simulation.now)}`}
            </span>
          ))}
          .
        </span>
      )}
      {next !== null && next.at > simulation.now && (
        <span className={styles.waits}> Next in {durationText(next.at - simulation.now)}.</span>
      )}
      {next === null && silent !== undefined && (
        <span className={styles.waits}>
          {' '}
          No answer is planned for {silent.call.name}.{' '}
          <button
            type="button"
            className={styles.link}
            onClick={() => {
              select([boxOf(silent.call.step)])
              onMock()
            }}
          >
            Give it one
          </button>
        </span>
      )}
    </>
  )
}

const boxOf = (path: string) => path.replace(/#\d+/g, '').replace(/\[\d+\]/g, '')

function RaiseButton({ run }: { readonly run: TryRun }) {
  const [isOpen, setOpen] = useState(false)
  const awaited = awaitedEvents(run)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-end" width={340} trapFocus withinPortal>
      <Popover.Target>
        <Button
          size="compact-xs"
          variant={awaited.length > 0 ? 'light' : 'default'}
          leftSection={<IconBolt size={13} stroke={1.8} />}
          onClick={() => setOpen(!isOpen)}
          aria-expanded={isOpen}
        >
          {awaited.length > 0 ? `Raise ${awaited[0]?.name}…` : 'Raise an event…'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <RaiseInTry key={awaited[0]?.name ?? ''} awaited={awaited} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}
