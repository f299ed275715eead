// The list of instances: only the rows in sight are drawn, so that a hundred thousand scroll like a hundred.
import { Checkbox } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { InstanceSummary } from '../api/api-types.ts'
import { addresses } from '../app/addresses.ts'
import { StatusBadge } from '../ui/status-badge.tsx'
import { Duration, RelativeTime } from '../ui/time.tsx'
import { CustomStatus } from './custom-status.tsx'
import styles from './instance-table.module.css'
import { waitingText } from './waiting-text.ts'

export interface InstanceTableProps {
  readonly rows: readonly InstanceSummary[]
  readonly selected: ReadonlySet<string>
  /** Purged since; they can be neither selected nor opened. */
  readonly gone: ReadonlySet<string>
  readonly onSelect: (ids: ReadonlySet<string>) => void
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  readonly onMore: () => void
}

const rowHeight = 34

export function InstanceTable({ rows, selected, gone, onSelect, hasMore, isLoadingMore, onMore }: InstanceTableProps) {
  const [current, setCurrent] = useState<string | null>(null)
  const anchor = useRef<number | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const navigate = useNavigate()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const lastSeen = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isLoadingMore && lastSeen >= rows.length - 20) onMore()
  }, [hasMore, isLoadingMore, lastSeen, rows.length, onMore])

  const at = rows.findIndex((row) => row.instanceId === current)
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index))
    setCurrent(rows[next]?.instanceId ?? null)
    virtual.scrollToIndex(next)
    return next
  }
  const select = (index: number, isRange: boolean) => {
    const ids = new Set(selected)
    const from = isRange && anchor.current !== null ? anchor.current : index
    const isOn = isRange || !ids.has(rows[index]?.instanceId ?? '')
    for (const row of rows.slice(Math.min(from, index), Math.max(from, index) + 1)) {
      if (isOn && !gone.has(row.instanceId)) ids.add(row.instanceId)
      else ids.delete(row.instanceId)
    }
    anchor.current = index
    onSelect(ids)
  }
  const actionOf = (event: KeyboardEvent): (() => void) | undefined => {
    switch (event.key) {
      case 'ArrowDown':
        return () => (event.shiftKey ? select(moveTo(at + 1), true) : moveTo(at + 1))
      case 'ArrowUp':
        return () => (event.shiftKey ? select(moveTo(at - 1), true) : moveTo(at - 1))
      case 'Home':
        return () => moveTo(0)
      case 'End':
        return () => moveTo(rows.length - 1)
      case 'PageDown':
        return () => moveTo(at + 20)
      case 'PageUp':
        return () => moveTo(at - 20)
      case ' ':
      case 'x':
        return () => at >= 0 && select(at, event.shiftKey)
      case 'Enter':
        return () => current !== null && !gone.has(current) && void navigate(addresses.instance(current))
      default:
        return undefined
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current || event.ctrlKey || event.metaKey || event.altKey) return
    const act = actionOf(event)
    if (!act) return
    event.preventDefault()
    act()
  }
  const there = gone.size === 0 ? rows : rows.filter((row) => !gone.has(row.instanceId))
  const all = there.length > 0 && there.every((row) => selected.has(row.instanceId))

  return (
    // biome-ignore lint/a11y/useSemanticElements: of a table of which only the rows in sight exist the parts are not table elements
    <div
      className={styles.table}
      role="grid"
      aria-label="Instances, newest first"
      aria-rowcount={hasMore ? -1 : rows.length + 1}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid's body takes the focus */}
      <div className={styles.head} role="row" aria-rowindex={1}>
        <HeadCell>
          <Checkbox
            aria-label="Select all that are loaded"
            checked={all}
            indeterminate={!all && selected.size > 0}
            onChange={() => onSelect(all ? new Set() : new Set(there.map((row) => row.instanceId)))}
          />
        </HeadCell>
        {['Status', 'Id', 'Definition', 'Started', 'Duration', 'Custom status', 'Waiting for'].map((name) => (
          <HeadCell key={name}>{name}</HeadCell>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div
        className={styles.scroller}
        ref={scroller}
        role="rowgroup"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the body takes the keys as a whole
        tabIndex={0}
        aria-label="Arrows move, Space selects, Enter opens"
        onKeyDown={onKeyDown}
        onFocus={() => {
          if (current === null) setCurrent(rows[0]?.instanceId ?? null)
        }}
      >
        <div style={{ height: virtual.getTotalSize() + (hasMore ? rowHeight : 0), position: 'relative' }}>
          {items.map((item) => {
            const row = rows[item.index]
            return (
              row && (
                <InstanceRow
                  key={row.instanceId}
                  row={row}
                  index={item.index}
                  top={item.start}
                  isSelected={selected.has(row.instanceId)}
                  isGone={gone.has(row.instanceId)}
                  isCurrent={row.instanceId === current}
                  onCheck={select}
                  onCurrent={setCurrent}
                />
              )
            )
          })}
          {hasMore && (
            <div className={styles.more} style={{ top: virtual.getTotalSize() }} role="status">
              Loading more…
            </div>
          )}
        </div>
      </div>
    </div>
  )
}

// biome-ignore lint/a11y/useSemanticElements: see the table above
// biome-ignore lint/a11y/useFocusableInteractive: see the table above
const HeadCell = ({ children }: { readonly children: React.ReactNode }) => <div role="columnheader">{children}</div>

interface InstanceRowProps {
  readonly row: InstanceSummary
  readonly index: number
  readonly top: number
  readonly isSelected: boolean
  readonly isGone: boolean
  readonly isCurrent: boolean
  readonly onCheck: (index: number, isRange: boolean) => void
  readonly onCurrent: (id: string) => void
}

const InstanceRow = memo(
  function InstanceRow({ row, index, top, isSelected, isGone, isCurrent, onCheck, onCurrent }: InstanceRowProps) {
    const navigate = useNavigate()
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the table takes the keys, and the id is a link
      // biome-ignore lint/a11y/useSemanticElements: see the table above
      // biome-ignore lint/a11y/useFocusableInteractive: see the table above
      <div
        className={styles.row}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={isSelected}
        data-current={isCurrent}
        data-gone={isGone}
        style={{ transform: `translateY(${top}px)` }}
        onClick={(event) => {
          onCurrent(row.instanceId)
          if (isGone || (event.target as Element).closest('a, input, label')) return
          if (event.ctrlKey || event.metaKey || event.shiftKey) onCheck(index, event.shiftKey)
          else void navigate(addresses.instance(row.instanceId))
        }}
      >
        <Cell>
          <Checkbox
            tabIndex={-1}
            aria-label={`Select ${row.instanceId}`}
            checked={isSelected}
            disabled={isGone}
            onChange={() => undefined}
            onClick={(event) => onCheck(index, event.shiftKey)}
          />
        </Cell>
        <Cell>{isGone ? <span className={styles.muted}>Purged</span> : <StatusBadge status={row.status} />}</Cell>
        <Cell>
          {isGone ? (
            <del className={styles.id}>{row.instanceId}</del>
          ) : (
            <Link tabIndex={-1} className={styles.id} to={addresses.instance(row.instanceId)} title={row.instanceId}>
              {row.instanceId}
            </Link>
          )}
        </Cell>
        <Cell>
          <span title={row.definition}>{row.definition}</span>
          <span className={styles.version}>@{row.version}</span>
        </Cell>
        <Cell>
          <RelativeTime at={row.createdAt} />
        </Cell>
        <Cell>
          <Duration from={row.createdAt} to={row.completedAt} />
        </Cell>
        <Cell>
          <CustomStatus status={row.customStatus} />
        </Cell>
        <Cell>
          {row.failure ? (
            <span
              className={row.status === 'Failed' ? styles.failure : styles.muted}
              title={`${row.failure.type}: ${row.failure.message}`}
            >
              {row.status === 'Failed' ? `${row.failure.type}: ${row.failure.message}` : row.failure.message}
            </span>
          ) : (
            <span title={waitingText(row.waitingFor, 10)}>{waitingText(row.waitingFor, 1)}</span>
          )}
        </Cell>
      </div>
    )
  },
  // What a row does when it is clicked never depends on when it was drawn.
  (a, b) =>
    a.row === b.row &&
    a.index === b.index &&
    a.top === b.top &&
    a.isSelected === b.isSelected &&
    a.isGone === b.isGone &&
    a.isCurrent === b.isCurrent &&
    a.onCheck === b.onCheck,
)

// biome-ignore lint/a11y/useSemanticElements: see the table above
// biome-ignore lint/a11y/useFocusableInteractive: see the table above
const Cell = ({ children }: { readonly children: React.ReactNode }) => <div role="gridcell">{children}</div>
