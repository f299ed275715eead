import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useInstances } from '../api/instances.ts'
import { addresses } from '../app/addresses.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { PageBar } from '../ui/page-bar.tsx'
import { useShortcut } from '../ui/shortcuts.ts'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { BulkActions } from './bulk-actions.tsx'
import { ConnectionNotice } from './connection-notice.tsx'
import { FilterBar } from './filter-bar.tsx'
import { type InstanceFilter, isEmptyFilter, queryOf, readFilter, writeFilter } from './instance-filter.ts'
import { InstanceTable } from './instance-table.tsx'
import styles from './instances-page.module.css'
import { useLiveList } from './use-live-list.ts'

const minute = 60_000

export function InstancesPage() {
  const [params, setParams] = useSearchParams()
  const text = params.toString()
  const filter = useMemo(() => readFilter(new URLSearchParams(text)), [text])
  // "The last hour" is reckoned from the minute in which it was asked for.
  const query = useMemo(() => queryOf(filter, Math.floor(Date.now() / minute) * minute), [filter])
  const list = useInstances(query)
  const rows = useMemo(() => uniqueRows(list.data?.pages ?? []), [list.data])
  const { fresh, gone, showFresh } = useLiveList(query, filter, rows)
  const [chosen, setSelected] = useState<ReadonlySet<string>>(new Set())
  // With what is gone nothing can be done.
  const selected = useMemo(
    () => (gone.size === 0 ? chosen : new Set([...chosen].filter((id) => !gone.has(id)))),
    [chosen, gone],
  )
  const setFilter = (next: InstanceFilter) => {
    setSelected(new Set())
    setParams(writeFilter(next), { replace: true })
  }
  const selectAll = async () => {
    let known = list
    while (known.hasNextPage && !known.isError) known = await known.fetchNextPage()
    setSelected(new Set(uniqueRows(known.data?.pages ?? []).map((row) => row.instanceId)))
  }
  useShortcut({ id: 'refresh', title: 'Load the list again', keys: 'r', run: showFresh })
  useShortcut(
    selected.size === 0
      ? null
      : { id: 'unselect', title: 'Select no rows', keys: 'Escape', run: () => setSelected(new Set()) },
  )

  return (
    <>
      <PageBar
        crumbs={[{ label: 'Instances' }]}
        actions={
          <>
            <Tooltip label="Load the list again ( r )">
              <ActionIcon
                onClick={showFresh}
                loading={list.isRefetching && !list.isFetchingNextPage}
                aria-label="Load the list again"
              >
                <IconRefresh size={18} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
            <Button component={Link} to={addresses.definitions} leftSection={<IconPlayerPlay size={14} />}>
              Start an instance
            </Button>
          </>
        }
      />
      <ConnectionNotice />
      <FilterBar filter={filter} onChange={setFilter} />
      <div className={styles.list}>
        {(fresh > 0 || gone.size > 0) && selected.size === 0 && (
          <button type="button" className={styles.fresh} onClick={showFresh}>
            {newsWords(fresh, gone.size)}
          </button>
        )}
        {list.isPending ? (
          <RowsSkeleton rows={14} />
        ) : list.error && rows.length === 0 ? (
          <ErrorState
            title="The instances could not be loaded"
            error={list.error}
            onRetry={() => void list.refetch()}
          />
        ) : rows.length === 0 ? (
          <NoInstances filter={filter} onClear={() => setFilter(readFilter(new URLSearchParams()))} />
        ) : (
          <InstanceTable
            rows={rows}
            selected={selected}
            gone={gone}
            onSelect={setSelected}
            hasMore={list.hasNextPage}
            isLoadingMore={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        )}
        {/* Below the rows, so that none of them moves away from under the pointer. */}
        {selected.size > 0 && (
          <BulkActions
            rows={rows.filter((row) => selected.has(row.instanceId))}
            onSelectAll={list.hasNextPage && !list.isFetchingNextPage ? () => void selectAll() : null}
            onDone={() => setSelected(new Set())}
          />
        )}
      </div>
    </>
  )
}

function newsWords(fresh: number, gone: number): string {
  const instances = (count: number) => (count === 1 ? 'instance' : 'instances')
  if (gone === 0) return `${fresh} new ${instances(fresh)} · show`
  if (fresh === 0) return `${gone} ${instances(gone)} purged · take ${gone === 1 ? 'it' : 'them'} away`
  return `${fresh} new, ${gone} purged · show`
}

function NoInstances({ filter, onClear }: { readonly filter: InstanceFilter; readonly onClear: () => void }) {
  if (!isEmptyFilter(filter))
    return (
      <EmptyState
        title="No instance fits the filter"
        action={
          <Button variant="default" onClick={onClear}>
            Clear the filter
          </Button>
        }
      >
        Instances that fit appear here as they start.
      </EmptyState>
    )
  return (
    <EmptyState
      icon={IconPlayerPlay}
      title="Nothing has run yet"
      action={
        <Button component={Link} to={addresses.definitions}>
          Choose a definition to run
        </Button>
      }
    >
      An instance is one execution of a definition. Start one from a definition, or with{' '}
      <code>POST /api/instances</code>; it appears here at once and is followed live.
    </EmptyState>
  )
}

/** Pages may overlap when something started between two of them. */
function uniqueRows<T extends { readonly instanceId: string }>(
  pages: readonly { readonly items: readonly T[] }[],
): readonly T[] {
  const rows = new Map<string, T>()
  for (const page of pages) for (const row of page.items) if (!rows.has(row.instanceId)) rows.set(row.instanceId, row)
  return [...rows.values()]
}
