// The timeline: one row a visit, bars of what went on in it. Rows are drawn only where they are seen; all that moves with
// time is worked out from times at drawing, so a tick of the clock costs a screenful and no more.
import { ActionIcon, Tooltip } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconArrowsHorizontal, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useNow } from '../ui/now.ts'
import type { StepIndex } from './definition-steps.ts'
import { liveState } from './states.ts'
import styles from './timeline.module.css'
import { TimelineAxis } from './timeline-axis.tsx'
import { type Hovered, TimelineHover } from './timeline-hover.tsx'
import { TimelineLegend } from './timeline-legend.tsx'
import { TimelineRow } from './timeline-row.tsx'
import { momentsOf, type Row, timelineRows, workOf } from './timeline-rows.ts'
import { panned, pieces, type TimeWindow, ticks, timeScale, viewport, zoomed } from './timeline-scale.ts'
import type { Unfolding } from './visit.ts'

export interface TimelineProps {
  readonly unfolding: Unfolding
  /** Changes whenever the unfolding does. */
  readonly revision: number | string
  readonly steps: StepIndex
  readonly running: ReadonlySet<string>
  readonly selectedPath: string | null
  readonly onSelect: (path: string | null) => void
  /** The moment that is looked back to; null: live. */
  readonly asOf: number | null
}

const rowHeight = 28
const labelWidth = 260

export function Timeline({ unfolding, revision, steps, running, selectedPath, onSelect, asOf }: TimelineProps) {
  const [open, setOpen] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [window, setWindow] = useState<TimeWindow>(null)
  const [hovered, setHovered] = useState<Hovered | null>(null)
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | null>(null)
  const { ref: sizeRef, width: fullWidth } = useElementSize()
  const scroller = useRef<HTMLDivElement>(null)
  const isLive = asOf === null && unfolding.endedAt === null && unfolding.startedAt !== null
  const ticking = useNow(isLive ? 1_000 : null)
  const last =
    unfolding.endedAt ?? (isLive ? Math.max(ticking, unfolding.lastAt ?? 0) : (asOf ?? unfolding.lastAt ?? 0))
  const first = unfolding.startedAt ?? last
  const width = Math.max(120, fullWidth - labelWidth - 16)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the unfolding is changed in place; its revision tells when
  const rows = useMemo(() => timelineRows(unfolding, open), [unfolding, revision, open])
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const moments = useMemo(() => momentsOf(unfolding), [unfolding, revision])
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const scale = useMemo(
    () => timeScale(pieces(moments, first, last, workOf(unfolding, last))),
    [moments, first, last, unfolding, revision],
  )
  const view = viewport(scale, window, width)

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const selectedAt = rows.findIndex((row) => row.visit.path === selectedPath)
  useEffect(() => {
    if (selectedAt >= 0) virtual.scrollToIndex(selectedAt, { align: 'auto' })
  }, [selectedAt, virtual])

  useWheel(scroller, (event, x) => {
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      setWindow(panned(scale, window, (event.deltaX || event.deltaY) / width))
    else setWindow(zoomed(scale, window, Math.exp(event.deltaY * 0.002), x / width))
  })

  const zoomBy = (factor: number) => setWindow(zoomed(scale, window, factor, 0.5))
  const toggle = (row: Row, isOpen = !row.isOpen) => setOpen(new Map(open).set(row.visit.path, isOpen))
  const pick = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))]
    if (row) onSelect(row.visit.path)
  }
  const actionOf = (key: string, row: Row | undefined): (() => void) | undefined => {
    switch (key) {
      case 'ArrowDown':
        return () => pick(selectedAt + 1)
      case 'ArrowUp':
        return () => pick(selectedAt < 0 ? 0 : selectedAt - 1)
      case 'Home':
        return () => pick(0)
      case 'End':
        return () => pick(rows.length - 1)
      case 'ArrowRight':
        return () => (row?.hasChildren && !row.isOpen ? toggle(row, true) : pick(selectedAt + 1))
      case 'ArrowLeft':
        return () => (row?.isOpen ? toggle(row, false) : row?.visit.parent && onSelect(row.visit.parent.path))
      case '+':
      case '=':
        return () => zoomBy(0.6)
      case '-':
        return () => zoomBy(1.7)
      case '0':
        return () => setWindow(null)
      default:
        return undefined
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = actionOf(event.key, rows[selectedAt])
    if (!act) return
    event.preventDefault()
    act()
  }

  const endDrag = () => {
    if (drag && Math.abs(drag.to - drag.from) > 6)
      setWindow([view.at(Math.min(drag.from, drag.to)), view.at(Math.max(drag.from, drag.to))])
    setDrag(null)
  }
  const plotX = (event: { clientX: number }) =>
    event.clientX - (scroller.current?.getBoundingClientRect().left ?? 0) - labelWidth

  return (
    <section className={styles.timeline} aria-label="Timeline" ref={sizeRef}>
      <div className={styles.tools}>
        <TimelineLegend />
        <span className={styles.zoom}>
          <Tooltip label="Zoom in ( + )">
            <ActionIcon size="sm" onClick={() => zoomBy(0.6)} aria-label="Zoom in">
              <IconZoomIn size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Zoom out ( - )">
            <ActionIcon size="sm" onClick={() => zoomBy(1.7)} aria-label="Zoom out" disabled={window === null}>
              <IconZoomOut size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Show all of it ( 0 )">
            <ActionIcon
              size="sm"
              onClick={() => setWindow(null)}
              aria-label="Show all of it"
              disabled={window === null}
            >
              <IconArrowsHorizontal size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </span>
      </div>
      <TimelineAxis
        view={view}
        ticks={ticks(scale, view, first)}
        start={first}
        labelWidth={labelWidth}
        cuts={scale.cuts}
        marks={unfolding.marks}
      />
      <div
        className={styles.scroller}
        ref={scroller}
        role="tree"
        aria-label="Steps in order, with their states and durations"
        tabIndex={0}
        aria-activedescendant={selectedAt < 0 ? undefined : rowId(selectedPath ?? '')}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          const x = plotX(event)
          if (event.button === 0 && x >= 0) setDrag({ from: x, to: x })
        }}
        onPointerMove={(event) => {
          if (drag && event.buttons === 1) setDrag({ ...drag, to: Math.max(0, plotX(event)) })
        }}
        onPointerUp={endDrag}
        onPointerLeave={() => {
          setDrag(null)
          setHovered(null)
        }}
      >
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {scale.cuts
            .filter((cut) => cut.isFolded)
            .map((cut) => (
              <div
                key={cut.from}
                className={styles.fold}
                style={{ left: labelWidth + view.x(cut.from), width: Math.max(0, view.x(cut.to) - view.x(cut.from)) }}
              />
            ))}
          {unfolding.suspensions.map((span) => (
            <div
              key={span.from}
              className={styles.suspended}
              title="Suspended"
              style={{
                left: labelWidth + view.x(span.from),
                width: Math.max(1, view.x(span.to ?? last) - view.x(span.from)),
              }}
            />
          ))}
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]
            if (!row) return null
            return (
              <TimelineRow
                key={row.visit.path}
                id={rowId(row.visit.path)}
                row={row}
                top={item.start}
                height={rowHeight}
                labelWidth={labelWidth}
                view={view}
                now={last}
                title={row.visit.key === null ? (steps.get(row.visit.staticPath)?.title ?? null) : null}
                state={liveState(row.visit, { running })}
                isSelected={row.visit.path === selectedPath}
                onSelect={onSelect}
                onToggle={toggle}
                onHover={setHovered}
              />
            )
          })}
          {isLive && <div className={styles.now} style={{ left: labelWidth + view.x(last) }} aria-hidden />}
          {asOf !== null && <div className={styles.asOf} style={{ left: labelWidth + view.x(asOf) }} aria-hidden />}
          {drag && Math.abs(drag.to - drag.from) > 3 && (
            <div
              className={styles.range}
              style={{ left: labelWidth + Math.min(drag.from, drag.to), width: Math.abs(drag.to - drag.from) }}
            />
          )}
        </div>
      </div>
      {hovered && !drag?.to && <TimelineHover hovered={hovered} start={first} now={last} />}
    </section>
  )
}

const rowId = (path: string) => `timeline:${path}`

/** Over the plot the wheel zooms; over the labels it scrolls as everywhere. React's own listener could not keep the page still. */
function useWheel(
  scroller: React.RefObject<HTMLDivElement | null>,
  onWheel: (event: WheelEvent, x: number) => void,
): void {
  const latest = useRef(onWheel)
  useEffect(() => {
    latest.current = onWheel
  })
  useEffect(() => {
    const element = scroller.current
    const listen = (event: WheelEvent) => {
      const x = event.clientX - (element?.getBoundingClientRect().left ?? 0) - labelWidth
      if (x < 0) return
      event.preventDefault()
      latest.current(event, x)
    }
    element?.addEventListener('wheel', listen, { passive: false })
    return () => element?.removeEventListener('wheel', listen)
  }, [scroller])
}
