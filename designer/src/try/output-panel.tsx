// What the last run of the draft gave, in one place: its result or its failure, and what it said on the way.
import type { Failure } from '@durable-canvas/schema'
import { Button } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useMemo } from 'react'
import { staticPathOf } from '../monitor/paths.ts'
import { select, useDrawing } from '../store/drawing-store.ts'
import { type TryRun, useTry } from '../store/try-run.ts'
import { clockText, durationText } from '../ui/duration-text.ts'
import { JsonView } from '../ui/json-view.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { failureWords } from './failure-words.ts'
import styles from './output.module.css'
import { titlesOf } from './rest-words.ts'
import { type Told, toldIn } from './told-events.ts'
import { unfoldingOf } from './use-tried.ts'

export function OutputPanel({ onTry }: { readonly onTry: () => void }) {
  const run = useTry((state) => state.run ?? state.last)
  useTry((state) => state.revision)
  const stopped = useTry((state) => (state.fault?.kind === 'stopped' ? state.fault.message : undefined))
  const isOld = useDrawing((state) => run !== undefined && state.drawing.definition !== run.source)
  if (run === undefined) {
    return (
      <div className={styles.empty}>
        <p className={styles.hint}>
          What the last run of the draft gave stands here: its result or its failure, its status, what it sent.
        </p>
        <Button size="compact-sm" leftSection={<IconFlask size={14} />} onClick={onTry}>
          Try the draft
        </Button>
      </div>
    )
  }
  const { state, now } = run.simulation
  return (
    <div className={styles.output}>
      <header className={styles.head}>
        <StatusBadge status={state.status} />
        <span className={styles.hint}>after {durationText(now - run.startAt)} of virtual time</span>
        {isOld && <span className={styles.old}>The draft has changed since.</span>}
      </header>
      {stopped !== undefined && <p className={styles.stopped}>The run was stopped: {stopped}</p>}
      {state.failure !== null && <FailureStory run={run} failure={state.failure} />}
      {state.failure === null && (
        <section aria-label="Result">
          <h3 className={styles.title}>Result</h3>
          {state.status === 'Completed' ? (
            <JsonView value={state.output} label="result" />
          ) : (
            <p className={styles.hint}>None yet: the run has not ended.</p>
          )}
        </section>
      )}
      {state.customStatus !== null && (
        <section aria-label="Custom status">
          <h3 className={styles.title}>Custom status</h3>
          <JsonView value={state.customStatus} label="custom status" />
        </section>
      )}
      <ToldList run={run} />
    </div>
  )
}

function FailureStory({ run, failure }: { readonly run: TryRun; readonly failure: Failure }) {
  const { path, title, tried } = failureWords(failure, unfoldingOf(run.events), titlesOf(run.definition))
  return (
    <section aria-label="Failure">
      <h3 className={styles.title}>
        {path === undefined ? (
          title
        ) : (
          <button type="button" className={styles.step} onClick={() => select([path])}>
            {title}
          </button>
        )}
      </h3>
      <p className={styles.failure}>
        <code>{failure.type}</code> {failure.message}
      </p>
      <p className={styles.hint}>{tried}</p>
      {failure.details !== undefined && <JsonView value={failure.details} label="failure details" />}
    </section>
  )
}

function ToldList({ run }: { readonly run: TryRun }) {
  const revision = useTry((state) => state.revision)
  const titleOf = useMemo(() => titlesOf(run.definition), [run.definition])
  // biome-ignore lint/correctness/useExhaustiveDependencies: events join the same array; the revision tells when
  const told = useMemo(() => toldIn(run.happened), [run, revision])
  if (told.length === 0) return null
  return (
    <section aria-label="On the way">
      <h3 className={styles.title}>On the way</h3>
      <ol className={styles.told} aria-label="What it told on the way">
        {told.map((one) => (
          <ToldLine key={one.key} told={one} startAt={run.startAt} titleOf={titleOf} />
        ))}
      </ol>
    </section>
  )
}

interface ToldLineProps {
  readonly told: Told
  readonly startAt: number
  readonly titleOf: (step: string) => string
}

function ToldLine({ told: { at, step, words }, startAt, titleOf }: ToldLineProps) {
  const path = step === undefined ? undefined : staticPathOf(step)
  return (
    <li>
      <span className={styles.at} title={clockText(at, startAt)}>
        {durationText(at - startAt)}
      </span>
      <span className={styles.by}>
        {path !== undefined && (
          <button type="button" className={styles.step} onClick={() => select([path])}>
            {titleOf(path)}
          </button>
        )}
      </span>
      <span className={styles.words}>{words}</span>
    </li>
  )
}
