import type { HistoryEvent, Json } from '@durable-canvas/schema'
import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import type { Instance } from '../api/api-types.ts'
import { addresses } from '../app/addresses.ts'
import { clockText, durationText } from '../ui/duration-text.ts'
import { JsonView } from '../ui/json-view.tsx'
import { StepStateBadge } from '../ui/status-badge.tsx'
import styles from './data-panel.module.css'
import type { StepIndex } from './definition-steps.ts'
import { pathText } from './paths.ts'
import { visitsOf } from './selection.ts'
import type { Unfolding, Visit } from './visit.ts'
import { visitData } from './visit-data.ts'

export interface DataPanelProps {
  readonly instance: Instance
  readonly unfolding: Unfolding
  readonly revision: number | string
  readonly events: readonly HistoryEvent[]
  readonly visit: Visit | null
  readonly steps: StepIndex
  readonly onSelect: (path: string) => void
  readonly isLive: boolean
}

/** The values: of the selected step, and of the instance as a whole. */
export function DataPanel({ instance, unfolding, revision, events, visit, steps, onSelect, isLive }: DataPanelProps) {
  return (
    <div className={styles.panel}>
      {visit && (
        <StepData
          visit={visit}
          unfolding={unfolding}
          revision={revision}
          events={events}
          steps={steps}
          onSelect={onSelect}
        />
      )}
      <section className={styles.section} aria-label="Instance">
        <h2 className={styles.title}>Instance</h2>
        <Value name="Input" value={unfolding.executionId === null ? instance.input : unfolding.input} />
        <Value
          name="Output"
          value={unfolding.status === 'Completed' ? (isLive ? instance.output : unfolding.output) : undefined}
          missing={unfolding.endedAt === null ? 'None yet' : 'None'}
        />
        <Value name="Custom status" value={unfolding.customStatus} missing="None set" />
        <Value
          name="Variables"
          value={Object.keys(unfolding.variables).length > 0 ? { ...unfolding.variables } : undefined}
          missing="None declared"
        />
      </section>
      {!visit && (
        <p className={styles.hint}>Select a step in the graph or the timeline to see what went in and what came out.</p>
      )}
    </div>
  )
}

function Value({
  name,
  value,
  missing,
}: {
  readonly name: string
  readonly value: Json | undefined
  readonly missing?: string
}) {
  return (
    <div className={styles.value}>
      <h3>{name}</h3>
      {value === undefined || (value === null && missing !== undefined) ? (
        <span className={styles.missing}>{missing ?? 'None'}</span>
      ) : (
        <JsonView value={value} label={name.toLowerCase()} />
      )}
    </div>
  )
}

interface StepDataProps extends Pick<DataPanelProps, 'unfolding' | 'revision' | 'events' | 'steps' | 'onSelect'> {
  readonly visit: Visit
}

function StepData({ visit, unfolding, revision, events, steps, onSelect }: StepDataProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: visits are changed in place; the revision tells when
  const data = useMemo(() => visitData(visit, events, unfolding), [visit, events, unfolding, revision])
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const siblings = useMemo(() => visitsOf(unfolding, visit.staticPath), [unfolding, visit.staticPath, revision])
  const title = steps.get(visit.staticPath)?.title
  return (
    <section className={styles.section} aria-label="Selected step">
      <header className={styles.head}>
        <h2 className={styles.title}>{title ?? pathText(visit.path)}</h2>
        <StepStateBadge
          state={visit.state}
          label={visit.to === null ? undefined : durationText(visit.to - visit.from)}
        />
        {siblings.length > 1 ? (
          <Select
            className={styles.visits ?? ''}
            aria-label="Which execution of the step"
            searchable
            limit={200}
            allowDeselect={false}
            value={visit.path}
            onChange={(path) => path !== null && onSelect(path)}
            data={siblings.map((one) => ({ value: one.path, label: `${one.path} (${one.state})` }))}
          />
        ) : (
          <code className={styles.path}>{visit.path}</code>
        )}
      </header>
      {visit.failure && (
        <p className={styles.failure}>
          <code>{visit.failure.type}</code> {visit.failure.message}
          {visit.caughtBy !== null && ` (caught; went on with ${visit.caughtBy})`}
        </p>
      )}
      <div className={styles.pair}>
        <Value name="Input, as evaluated" value={data.input} missing="None" />
        <Value name="Result" value={data.result} missing={visit.to === null ? 'Not yet' : 'None'} />
      </div>
      {data.output !== undefined && <Value name="Output of the step" value={data.output} />}
      {data.assigned && <Value name="Assigned" value={{ ...data.assigned }} />}
      {visit.attempts.length > 0 && <Attempts visit={visit} />}
    </section>
  )
}

function Attempts({ visit }: { readonly visit: Visit }) {
  return (
    <div className={styles.value}>
      <h3>Attempts</h3>
      <table className={styles.attempts}>
        <thead>
          <tr>
            <th>No.</th>
            <th>{visit.kind === 'compensate' ? 'Undoes' : 'Called'}</th>
            <th>Asked for</th>
            <th>Queued</th>
            <th>Ran</th>
            <th>Outcome</th>
          </tr>
        </thead>
        <tbody>
          {visit.attempts.map((attempt) => (
            <tr key={attempt.seq}>
              <td>{attempt.number}</td>
              <td>
                {attempt.childId ? (
                  <Link to={addresses.instance(attempt.childId)}>{attempt.childId}</Link>
                ) : (
                  (attempt.undoes ?? attempt.name)
                )}
              </td>
              <td title={new Date(attempt.queuedAt).toISOString()}>{clockText(attempt.queuedAt, Date.now())}</td>
              <td>{attempt.startedAt === null ? '–' : durationText(attempt.startedAt - attempt.queuedAt)}</td>
              <td>
                {attempt.endedAt === null
                  ? '…'
                  : durationText(attempt.endedAt - (attempt.startedAt ?? attempt.queuedAt))}
              </td>
              <td data-outcome={attempt.outcome}>
                {attempt.failure ? `${attempt.failure.type}: ${attempt.failure.message}` : attempt.outcome}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
