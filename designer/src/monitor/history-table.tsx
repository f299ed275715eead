import type { HistoryEvent, Json } from '@durable-canvas/schema'
import { TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useDeferredValue, useMemo, useRef, useState } from 'react'
import { clockText, durationText } from '../ui/duration-text.ts'
import { JsonView } from '../ui/json-view.tsx'
import { useShortcut } from '../ui/shortcuts.ts'
import { describeEvent } from './describe-event.ts'
import styles from './history-table.module.css'
import { staticPathOf } from './paths.ts'

export interface HistoryTableProps {
  readonly events: readonly HistoryEvent[]
  /** Changes whenever the events do. */
  readonly revision: number | string
  /** As selected everywhere: the path of a visit, or a static path. */
  readonly selected: string | null
  readonly onSelect: (step: string | null) => void
  /** Goes to the moment of this event. */
  readonly onGoTo: (seq: number) => void
}

const rowHeight = 28

export function HistoryTable({ events, revision, selected, onSelect, onGoTo }: HistoryTableProps) {
  const [filter, setFilter] = useState('')
  const [openSeqs, setOpenSeqs] = useState<ReadonlySet<number>>(new Set())
  const [current, setCurrent] = useState<number | null>(null)
  const [onlySelected, setOnlySelected] = useState(false)
  const words = useDeferredValue(filter.trim().toLowerCase())
  const scroller = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  useShortcut({ id: 'history:search', title: 'Search the history', keys: '/', run: () => search.current?.focus() })

  const first = Date.parse(events[0]?.at ?? '')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the events grow in place; their revision tells when
  const shown = useMemo(
    () =>
      events.filter(
        (event) =>
          (!onlySelected || selected === null || isOf(event, selected)) &&
          (words === '' || textOf(event).includes(words)),
      ),
    [events, revision, words, onlySelected, selected],
  )
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 16,
    getItemKey: (index) => shown[index]?.seq ?? index,
  })

  const toggle = (seq: number) => {
    const next = new Set(openSeqs)
    if (!next.delete(seq)) next.add(seq)
    setOpenSeqs(next)
    setCurrent(seq)
  }
  const at = shown.findIndex((event) => event.seq === current)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current) return
    const move = {
      ArrowDown: at + 1,
      ArrowUp: Math.max(0, at - 1),
      Home: 0,
      End: shown.length - 1,
      PageDown: at + 15,
      PageUp: Math.max(0, at - 15),
    }[event.key]
    if (move !== undefined) {
      event.preventDefault()
      const index = Math.min(shown.length - 1, move)
      setCurrent(shown[index]?.seq ?? null)
      virtual.scrollToIndex(index)
    } else if ((event.key === 'Enter' || event.key === ' ') && current !== null) {
      event.preventDefault()
      toggle(current)
    }
  }

  return (
    <section className={styles.history} aria-label="History">
      <div className={styles.tools}>
        <TextInput
          ref={search}
          className={styles.search ?? ''}
          placeholder="Filter by type, step or text"
          aria-label="Filter the history"
          leftSection={<IconSearch size={14} />}
          rightSection={<kbd>/</kbd>}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              setFilter('')
              event.currentTarget.blur()
            }
          }}
        />
        {selected !== null && (
          <button
            type="button"
            className={styles.chip}
            aria-pressed={onlySelected}
            onClick={() => setOnlySelected(!onlySelected)}
          >
            Only {selected}
          </button>
        )}
        <span className={styles.count}>
          {shown.length === events.length ? `${events.length} events` : `${shown.length} of ${events.length} events`}
        </span>
      </div>
      <div className={styles.head} aria-hidden>
        <span>Seq</span>
        <span>Time</span>
        <span>Type</span>
        <span>Step</span>
        <span>What happened</span>
      </div>
      {/* biome-ignore-start lint/a11y/useSemanticElements: a list of which only the part in sight exists */}
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: the list takes the keys as a whole */}
      <div
        className={styles.scroller}
        ref={scroller}
        tabIndex={0}
        onKeyDown={onKeyDown}
        role="list"
        aria-label="Events, oldest first"
      >
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const event = shown[item.index]
            if (!event) return null
            const isOpen = openSeqs.has(event.seq)
            return (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                role="listitem"
                className={styles.item}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <EventRow
                  event={event}
                  first={first}
                  isOpen={isOpen}
                  isCurrent={event.seq === current}
                  isSelected={selected !== null && isOf(event, selected)}
                  onToggle={() => toggle(event.seq)}
                  onSelect={onSelect}
                />
                {isOpen && (
                  <div className={styles.body}>
                    <JsonView value={event as unknown as Json} label={`event ${event.seq}`} openDepth={2} />
                    <button type="button" className={styles.chip} onClick={() => onGoTo(event.seq)}>
                      See everything as of this event
                    </button>
                  </div>
                )}
              </div>
            )
          })}
          {shown.length === 0 && events.length > 0 && <p className={styles.none}>No event fits the filter.</p>}
        </div>
      </div>
      {/* biome-ignore-end lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: as above */}
    </section>
  )
}

interface EventRowProps {
  readonly event: HistoryEvent
  readonly first: number
  readonly isOpen: boolean
  readonly isCurrent: boolean
  readonly isSelected: boolean
  readonly onToggle: () => void
  readonly onSelect: (step: string | null) => void
}

function EventRow({ event, first, isOpen, isCurrent, isSelected, onToggle, onSelect }: EventRowProps) {
  const step = stepOf(event)
  const at = Date.parse(event.at)
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list around it takes the keys, and the button inside does the same
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      className={styles.row}
      data-current={isCurrent}
      data-selected={isSelected}
      data-tone={toneOf(event)}
      onClick={onToggle}
    >
      <button
        type="button"
        tabIndex={-1}
        className={styles.seq}
        aria-expanded={isOpen}
        aria-label={`Event ${event.seq}`}
      >
        <Chevron size={12} />
        {event.seq}
      </button>
      <time dateTime={event.at} title={`${event.at} (${clockText(at, Date.now())})`}>
        +{durationText(at - first)}
      </time>
      <span className={styles.type}>{event.type}</span>
      {step ? (
        <button
          type="button"
          tabIndex={-1}
          className={styles.step}
          title={`Select ${step}`}
          onClick={(click) => {
            click.stopPropagation()
            onSelect(step)
          }}
        >
          {step}
        </button>
      ) : (
        <span />
      )}
      <span className={styles.line} title={describeEvent(event)}>
        {describeEvent(event)}
      </span>
    </div>
  )
}

const stepOf = (event: HistoryEvent): string | null => ('step' in event && event.step ? event.step : null)

function isOf(event: HistoryEvent, selected: string): boolean {
  const step = stepOf(event)
  return step !== null && (step === selected || staticPathOf(step) === selected)
}

const texts = new WeakMap<HistoryEvent, string>()

/** What the filter looks in; made once an event. */
function textOf(event: HistoryEvent): string {
  const known = texts.get(event)
  if (known !== undefined) return known
  const text = `#${event.seq} ${event.type} ${stepOf(event) ?? ''} ${describeEvent(event)}`.toLowerCase()
  texts.set(event, text)
  return text
}

function toneOf(event: HistoryEvent): 'failed' | 'operator' | 'plain' {
  if (/Failed$/.test(event.type) || event.type === 'ErrorCaught') return 'failed'
  return /^Execution|^ContinueAsNew|^EventRaised/.test(event.type) ? 'operator' : 'plain'
}
