import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { durationText } from '../ui/duration-text.ts'
import { stepLooks } from '../ui/status.ts'
import { pathText } from './paths.ts'
import type { StepStateName } from './step-state.ts'
import styles from './timeline.module.css'
import type { Hovered } from './timeline-hover.tsx'
import { type Bar, barsOf, itemText, type Row } from './timeline-rows.ts'
import type { Viewport } from './timeline-scale.ts'
import type { Visit } from './visit.ts'

export interface TimelineRowProps {
  readonly id: string
  readonly row: Row
  readonly top: number
  readonly height: number
  readonly labelWidth: number
  readonly view: Viewport
  readonly now: number
  readonly title: string | null
  readonly state: StepStateName
  readonly isSelected: boolean
  readonly onSelect: (path: string) => void
  readonly onToggle: (row: Row) => void
  readonly onHover: (hovered: Hovered | null) => void
}

export function TimelineRow({
  id,
  row,
  top,
  height,
  labelWidth,
  view,
  now,
  title,
  state,
  isSelected,
  onSelect,
  onToggle,
  onHover,
}: TimelineRowProps) {
  const { visit } = row
  const look = stepLooks[state]
  const Chevron = row.isOpen ? IconChevronDown : IconChevronRight
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and names the current row
    <div
      id={id}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-selected={isSelected}
      {...(row.hasChildren ? { 'aria-expanded': row.isOpen } : {})}
      aria-label={rowText(visit, title, look.word, now)}
      className={styles.row}
      data-selected={isSelected}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={() => onSelect(visit.path)}
    >
      <div className={styles.label} style={{ width: labelWidth, paddingLeft: 8 + row.depth * 14 }}>
        {row.hasChildren ? (
          <button
            type="button"
            tabIndex={-1}
            className={styles.chevron}
            aria-hidden
            onClick={(event) => {
              event.stopPropagation()
              onToggle(row)
            }}
          >
            <Chevron size={14} />
          </button>
        ) : (
          <span className={styles.chevron} />
        )}
        <look.icon size={15} stroke={1.8} className={styles.icon} data-tone={state} aria-hidden />
        <span className={styles.name} title={visit.path}>
          {title ?? pathText(visit.path)}
        </span>
        <span className={styles.detail}>{detail(visit, title)}</span>
      </div>
      <div className={styles.plot}>
        {barsOf(visit, state === 'running').map((bar) => (
          <BarMark
            key={`${bar.kind}${bar.from}`}
            bar={bar}
            state={state}
            view={view}
            now={now}
            onHover={(event) => onHover(event && { bar, visit, x: event.clientX, y: event.clientY })}
          />
        ))}
      </div>
    </div>
  )
}

const detail = (visit: Visit, title: string | null): string =>
  itemText(visit) ?? (title !== null && visit.number > 1 ? `#${visit.number}` : '')

/** What a row says to those who do not see it. */
function rowText(visit: Visit, title: string | null, word: string, now: number): string {
  const attempts = visit.attempts.length > 1 ? `, ${visit.attempts.length} attempts` : ''
  const took = (visit.to ?? now) - visit.from
  return `${title ?? pathText(visit.path)}: ${word.toLowerCase()}${attempts}, ${visit.to === null ? 'for' : 'took'} ${durationText(took)}`
}

interface BarMarkProps {
  readonly bar: Bar
  readonly state: StepStateName
  readonly view: Viewport
  readonly now: number
  readonly onHover: (event: React.PointerEvent | null) => void
}

/** Bars shorter than this would not be seen. */
const leastWidth = 3

function BarMark({ bar, state, view, now, onHover }: BarMarkProps) {
  const left = view.x(bar.from)
  const right = view.x(bar.to ?? now)
  if (right < 0 || left > view.width) return null
  const from = Math.max(-8, left)
  const width = Math.max(bar.kind === 'instant' ? 7 : leastWidth, Math.min(view.width + 8, right) - from)
  return (
    <div
      className={styles.bar}
      data-kind={bar.kind}
      data-outcome={bar.outcome}
      data-tone={state}
      style={bar.kind === 'instant' ? { left: left - 3 } : { left: from, width }}
      onPointerMove={onHover}
      onPointerLeave={() => onHover(null)}
    >
      {bar.label !== null && width > 16 + bar.label.length * 6 && <span>{bar.label}</span>}
    </div>
  )
}
