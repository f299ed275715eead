// Where previews of expressions take their data from: the sample, or an instance that ran before.
import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { messageOf } from '../api/api-problem.ts'
import { usePastInstances } from '../api/past-events.ts'
import type { PastRun } from '../drawing/past-run.ts'
import { visitsOf } from '../drawing/past-sample.ts'
import { useDrawing } from '../store/drawing-store.ts'
import { previewVisit, previewWith, usePreviewSource } from '../store/preview-source.ts'
import { clockText, relativeText } from '../ui/duration-text.ts'
import styles from './preview-picker.module.css'
import type { PreviewData } from './use-preview-data.ts'

const sampleValue = '\u0000'

export function PreviewPicker({ path, data }: { readonly path: string | undefined; readonly data: PreviewData }) {
  const name = useDrawing((state) => state.name)
  const client = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const chosen = data.kind === 'sample' ? undefined : data.instanceId
  const [prefix] = useDebouncedValue(typed === chosen ? '' : typed, 200)
  const { data: instances, isFetching } = usePastInstances(name, prefix === 'Sample data' ? '' : prefix, isOpen)
  const told = useMemo(
    () =>
      new Map(
        (instances ?? []).map(({ instanceId, status, version, createdAt }) => [
          instanceId,
          `${status}, version ${version}, ${relativeText(Date.parse(createdAt), Date.now())}`,
        ]),
      ),
    [instances],
  )
  const ids = [...told.keys()]
  const options = [
    { value: sampleValue, label: 'Sample data' },
    ...(chosen === undefined || told.has(chosen) ? ids : [chosen, ...ids]).map((id) => ({ value: id, label: id })),
  ]
  return (
    <div className={styles.picker}>
      <div className={styles.line}>
        <span className={styles.label}>Previews with</span>
        <Select
          className={styles.select ?? ''}
          size="xs"
          aria-label="Data of the previews"
          data={options}
          value={chosen ?? sampleValue}
          searchable
          allowDeselect={false}
          selectFirstOptionOnChange
          nothingFoundMessage={isFetching ? 'Looking…' : 'No instance whose id begins like this'}
          comboboxProps={{ width: 300, position: 'bottom-end' }}
          maxDropdownHeight={320}
          onDropdownOpen={() => setOpen(true)}
          onDropdownClose={() => setOpen(false)}
          onSearchChange={setTyped}
          renderOption={({ option }) => (
            <div className={styles.option}>
              <span className={option.value === sampleValue ? '' : 'dc-mono'}>{option.label}</span>
              <small>
                {option.value === sampleValue
                  ? 'made from schemas, examples and mocks'
                  : (told.get(option.value) ?? '')}
              </small>
            </div>
          )}
          onChange={(next) => {
            const id = next === null || next === sampleValue ? undefined : next
            // A running instance has gone on since it was read.
            if (id !== undefined) void client.invalidateQueries({ queryKey: ['past-events', id] })
            previewWith(name, id)
          }}
        />
      </div>
      {isOpen && instances?.length === 0 && prefix === '' && (
        <p className={styles.note}>There is no instance of {name} yet.</p>
      )}
      {data.kind === 'reading' && <p className={styles.note}>Reading the history of {data.instanceId}…</p>}
      {data.kind === 'failed' && (
        <p className={styles.note} role="alert">
          {data.instanceId} cannot be looked into, sample data stands in: {messageOf(data.error)}
        </p>
      )}
      {data.kind === 'past' && path !== undefined && <VisitNote path={path} run={data.run} />}
    </div>
  )
}

/** Which execution of the step is looked at. */
function VisitNote({ path, run }: { readonly path: string; readonly run: PastRun }) {
  const chosen = usePreviewSource((state) => state.visits[path])
  const visits = useMemo(() => visitsOf(run, path), [run, path])
  const visit = visits.find((one) => one.path === chosen) ?? visits[0]
  if (visit === undefined)
    return <p className={styles.note}>The run never came to this step: data as it was at the end of it.</p>
  return (
    <div className={styles.line}>
      <span className={styles.note} title={visit.at}>
        Data as it was when the step began, {clockText(Date.parse(visit.at), Date.now())}
      </span>
      {visits.length > 1 && (
        <Select
          className={styles.select ?? ''}
          size="xs"
          aria-label="Which execution of the step"
          searchable
          limit={100}
          allowDeselect={false}
          data={visits.map((one) => one.path)}
          value={visit.path}
          comboboxProps={{ width: 260, position: 'bottom-end' }}
          onChange={(next) => next !== null && previewVisit(path, next)}
        />
      )}
    </div>
  )
}
