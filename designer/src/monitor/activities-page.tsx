import { TextInput } from '@mantine/core'
import { IconPuzzle, IconSearch } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { ActivityInfo } from '../api/api-types.ts'
import { useActivities } from '../api/definitions.ts'
import { iconNamed } from '../steps/activity-icons.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { JsonView } from '../ui/json-view.tsx'
import { PageBar } from '../ui/page-bar.tsx'
import { useShortcut } from '../ui/shortcuts.ts'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { Split } from '../ui/split.tsx'
import styles from './activities-page.module.css'
import { SchemaTable } from './schema-table.tsx'

export function ActivitiesPage() {
  const activities = useActivities()
  const [params, setParams] = useSearchParams()
  const [words, setWords] = useState('')
  const search = useRef<HTMLInputElement>(null)
  useShortcut({ id: 'search', title: 'Search activities', keys: '/', run: () => search.current?.focus() })
  const shown = useMemo(() => {
    const wanted = words.trim().toLowerCase()
    return (activities.data ?? [])
      .filter((one) => `${one.name} ${one.title ?? ''} ${one.description ?? ''}`.toLowerCase().includes(wanted))
      .sort((a, b) => (a.title ?? a.name).localeCompare(b.title ?? b.name))
  }, [activities.data, words])
  const chosen = shown.find((one) => one.name === params.get('name')) ?? shown[0]

  if (activities.isPending || (activities.error && !activities.data) || activities.data?.length === 0)
    return (
      <>
        <PageBar crumbs={[{ label: 'Activities' }]} />
        {activities.isPending ? (
          <RowsSkeleton />
        ) : activities.error ? (
          <ErrorState
            title="The activities could not be loaded"
            error={activities.error}
            onRetry={() => void activities.refetch()}
          />
        ) : (
          <EmptyState icon={IconPuzzle} title="This server knows no activities">
            An activity is a function that steps call. Write one with <code>defineActivity</code> and start the server
            with <code>ACTIVITIES</code> set to its file; it appears here and in the palette.
          </EmptyState>
        )}
      </>
    )
  return (
    <>
      <PageBar crumbs={[{ label: 'Activities' }]} />
      <Split
        id="activities"
        direction="horizontal"
        firstSize={32}
        label="Resize the list of activities"
        first={
          <div className={styles.side}>
            <TextInput
              ref={search}
              className={styles.search ?? ''}
              placeholder="Search activities"
              aria-label="Search activities"
              leftSection={<IconSearch size={14} />}
              rightSection={<kbd>/</kbd>}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <ul className={styles.list}>
              {shown.map((one) => (
                <li key={one.name}>
                  <button
                    type="button"
                    className={styles.item}
                    aria-current={one === chosen}
                    onClick={() => setParams({ name: one.name }, { replace: true })}
                  >
                    <ActivityIcon activity={one} />
                    <span className={styles.words}>
                      <b>{one.title ?? one.name}</b>
                      <span title={one.description ?? one.name}>{one.description ?? one.name}</span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        }
        second={chosen ? <Activity activity={chosen} /> : <EmptyState icon={IconSearch} title="No activity fits" />}
      />
    </>
  )
}

function ActivityIcon({ activity }: { readonly activity: ActivityInfo }) {
  const Icon = iconNamed(activity.icon) ?? IconPuzzle
  return (
    <span className={styles.icon}>
      <Icon size={18} stroke={1.6} aria-hidden />
    </span>
  )
}

function Activity({ activity }: { readonly activity: ActivityInfo }) {
  const { name, title, description, input, output, retry } = activity
  return (
    <article className={styles.one}>
      <header className={styles.head}>
        <ActivityIcon activity={activity} />
        <div>
          <h2>{title ?? name}</h2>
          <span className={styles.name}>
            {name} <CopyButton value={name} label="Copy the name" />
          </span>
        </div>
      </header>
      {description && <p>{description}</p>}
      <h3>Input</h3>
      {input ? <SchemaTable schema={input} label={`Input of ${name}`} /> : <p className="dc-muted">Takes anything.</p>}
      <h3>Output</h3>
      {output ? (
        <SchemaTable schema={output} label={`Output of ${name}`} />
      ) : (
        <p className="dc-muted">May give anything.</p>
      )}
      {retry && (
        <>
          <h3>Retries that it proposes</h3>
          <JsonView value={{ ...retry }} label="retry policy" />
        </>
      )}
    </article>
  )
}
