import { getViewportForBounds, type ReactFlowInstance } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'
import { allPlaces, type Diagram } from '../drawing/diagram.ts'
import { boundsOf } from '../drawing/mark-places.ts'
import { neighbourOf, type Way } from '../drawing/neighbour.ts'
import type { NewItem } from '../drawing/new-item.ts'
import { moveTogether } from '../drawing/operations/move-together.ts'
import { outletAfter } from '../drawing/outlet.ts'
import { insertInto } from '../store/drawing-insert.ts'
import { perform, select, useDrawing } from '../store/drawing-store.ts'
import { type CanvasCommands, useCanvasCommands } from './canvas-commands.ts'
import type { CanvasNode, WireEdge } from './flow-types.ts'
import { zoomRange } from './opening-view.ts'

interface Parts {
  readonly diagram: Diagram
  readonly frame: RefObject<HTMLDivElement | null>
  readonly flow: ReactFlowInstance<CanvasNode, WireEdge>
  readonly quickAddAfter: (from: string, port: string, at: { x: number; y: number }) => void
  readonly openQuickAdd: (pick: (item: NewItem) => void, at: { x: number; y: number }) => void
}

const calm = { duration: 150 }

/** The tools stand in the lower corner. */
const besideTools = { x: '24px', top: '24px', bottom: '68px' } as const

export function useCanvasCommandsFor(parts: Parts): void {
  const { diagram, frame, flow, quickAddAfter, openQuickAdd } = parts
  useEffect(() => {
    const shown = { diagram, frame, flow }
    const commands: CanvasCommands = {
      fit: () => fit(shown, undefined),
      fitSelection: () => fit(shown, useDrawing.getState().selection),
      actualSize: () => void flow.zoomTo(1, calm),
      zoomIn: () => void flow.zoomIn(calm),
      zoomOut: () => void flow.zoomOut(calm),
      walk: (way) => {
        const path = neighbourOf(diagram, useDrawing.getState().selection.at(-1), way)
        if (path === undefined) return
        select([path])
        reveal(shown, path)
        focusNode(frame.current, path)
      },
      nudge: (way, by) => nudge(diagram, way, by),
      show: (path) => reveal(shown, path),
      quickAdd: () => {
        const { drawing, selection, root } = useDrawing.getState()
        const path = selection.at(-1)
        const outlet = outletAfter(drawing.definition, path, root)
        const at = placeFor(frame.current, path)
        if (outlet === undefined) openQuickAdd((item) => insertInto(item, root), at)
        else quickAddAfter(outlet.from, outlet.port, at)
      },
      middle: () => {
        const box = frame.current?.getBoundingClientRect()
        return flow.screenToFlowPosition({
          x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
          y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
        })
      },
      focus: () => focusWhenDrawn(frame.current, useDrawing.getState().selection.at(-1)),
      element: () => frame.current,
    }
    useCanvasCommands.setState({ commands })
    return () => {
      if (useCanvasCommands.getState().commands === commands) useCanvasCommands.setState({ commands: undefined })
    }
  }, [diagram, frame, flow, quickAddAfter, openQuickAdd])
}

function nodeElement(frame: HTMLElement | null, path: string): HTMLElement | null {
  return frame?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(path)}"]`) ?? null
}

function focusNode(frame: HTMLElement | null, path: string): void {
  nodeElement(frame, path)?.focus({ preventScroll: true })
}

/** What was just made is drawn in one of the next frames. */
export function focusWhenDrawn(frame: HTMLElement | null, path: string | undefined, frames = 10): void {
  if (path === undefined) return
  const node = nodeElement(frame, path)
  if (node !== null) node.focus({ preventScroll: true })
  else if (frames > 0) requestAnimationFrame(() => focusWhenDrawn(frame, path, frames - 1))
}

function placeFor(frame: HTMLElement | null, path: string | undefined): { x: number; y: number } {
  const box = (path === undefined ? null : nodeElement(frame, path))?.getBoundingClientRect()
  if (box) return { x: box.left, y: box.bottom + 8 }
  const whole = frame?.getBoundingClientRect()
  return { x: (whole?.left ?? 0) + 40, y: (whole?.top ?? 0) + 40 }
}

const margin = 28

/** All of the drawing, or those of `paths` that are in it. */
function fit(
  { diagram, frame, flow }: Pick<Parts, 'diagram' | 'frame' | 'flow'>,
  paths: readonly string[] | undefined,
) {
  const places = allPlaces(diagram)
  const some = boundsOf((paths ?? []).flatMap((path) => places.get(path) ?? []))
  const bounds = some ?? boundsOf([...places.values()])
  const size = frame.current?.getBoundingClientRect()
  if (bounds === undefined || size === undefined) return
  const padding = some === undefined ? besideTools : 0.2
  void flow.setViewport(getViewportForBounds(bounds, size.width, size.height, zoomRange.min, 1, padding), calm)
}

/** Moves the view only as far as it takes to see the box (its beginning, if it is larger than the view). */
function reveal({ diagram, frame, flow }: Pick<Parts, 'diagram' | 'frame' | 'flow'>, path: string): void {
  const place = allPlaces(diagram).get(path)
  const whole = frame.current?.getBoundingClientRect()
  if (place === undefined || whole === undefined) return
  const { x, y, zoom } = flow.getViewport()
  const shift = (start: number, length: number, room: number) => {
    const end = start + length
    if (start >= margin && end <= room - margin) return 0
    return start < margin || length > room - margin * 2 ? margin - start : room - margin - end
  }
  const right = shift(place.x * zoom + x, place.width * zoom, whole.width)
  const down = shift(place.y * zoom + y, place.height * zoom, whole.height)
  if (right !== 0 || down !== 0) void flow.setViewport({ x: x + right, y: y + down, zoom }, calm)
}

/** What an edit has selected comes into view; what was clicked is in it already. */
export function useReveal(
  { diagram, frame, flow }: Pick<Parts, 'diagram' | 'frame' | 'flow'>,
  path: string | undefined,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection moves the view, another drawing does not
  useEffect(() => {
    if (path !== undefined) reveal({ diagram, frame, flow }, path)
  }, [path])
}

function nudge(diagram: Diagram, way: Way, by: number): void {
  const selection = new Set(useDrawing.getState().selection)
  const [x, y] = way === 'left' ? [-by, 0] : way === 'right' ? [by, 0] : way === 'up' ? [0, -by] : [0, by]
  const boxes = diagram.boxes.filter(({ kind }) => kind !== 'lane')
  const corners = [...boxes, ...diagram.notes, ...diagram.groups].flatMap((one) =>
    selection.has(one.path) ? [[one.path, { x: one.x - one.origin.x + x, y: one.y - one.origin.y + y }] as const] : [],
  )
  perform((before) => moveTogether(before, Object.fromEntries(corners)), `nudge:${[...selection].join()}`)
}
