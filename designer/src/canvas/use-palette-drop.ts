// Dropping from the palette: on a port, on an edge, into a scope, or on the free canvas.
import { useReactFlow } from '@xyflow/react'
import { type RefObject, useCallback, useState } from 'react'
import type { Diagram } from '../drawing/diagram.ts'
import type { Position } from '../drawing/drawing.ts'
import { card } from '../drawing/scope-measure.ts'
import { scopeOrigin, scopeUnder } from '../drawing/scope-under.ts'
import { dragItem, useDraggedItem } from '../store/drawing-drag.ts'
import { insertAtPort, insertInto } from '../store/drawing-insert.ts'
import { useDrawing } from '../store/drawing-store.ts'
import { edgeUnder, portUnder } from './edge-under.ts'
import { toOpenPort } from './port-of-handle.ts'
import type { DropTarget } from './use-box-drag.ts'
import { focusWhenDrawn } from './use-canvas-commands.ts'

export function usePaletteDrop(diagram: Diagram, frame: RefObject<HTMLDivElement | null>) {
  const { screenToFlowPosition } = useReactFlow()
  const [target, setTarget] = useState<DropTarget>()

  const look = useCallback(
    (point: Position) => {
      const port = portUnder(point)
      const edge = port === undefined ? edgeUnder(point, diagram) : undefined
      const under = scopeUnder(diagram, screenToFlowPosition(point))
      return { port, edge, under }
    },
    [diagram, screenToFlowPosition],
  )

  const onDragOver = useCallback(
    (event: React.DragEvent) => {
      if (useDraggedItem.getState().item === undefined) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      const { port, edge, under } = look({ x: event.clientX, y: event.clientY })
      const box = port?.from ?? (edge === undefined ? under.box : undefined)
      setTarget((before) => (before?.box === box && before?.edge === edge ? before : { box, edge }))
    },
    [look],
  )

  const onDragLeave = useCallback(
    (event: React.DragEvent) => {
      const to = event.relatedTarget
      if (!(to instanceof Node) || !frame.current?.contains(to)) setTarget(undefined)
    },
    [frame],
  )

  const onDrop = useCallback(
    (event: React.DragEvent) => {
      const { item } = useDraggedItem.getState()
      if (item === undefined) return
      event.preventDefault()
      setTarget(undefined)
      dragItem(undefined)
      const point = { x: event.clientX, y: event.clientY }
      const { port, edge, under } = look(point)
      const found = diagram.edges.find(({ id }) => id === edge)
      if (port) insertAtPort(item, port.from, toOpenPort(port.port))
      else if (found) insertAtPort(item, found.from, found.port)
      else {
        const at = screenToFlowPosition(point)
        const origin = scopeOrigin(diagram, under.scope)
        insertInto(item, under.scope, {
          x: Math.round(at.x - origin.x - card.width / 2),
          y: Math.round(at.y - origin.y - card.height / 2),
        })
      }
      focusWhenDrawn(frame.current, useDrawing.getState().selection.at(-1))
    },
    [diagram, frame, look, screenToFlowPosition],
  )

  return { target, onDragOver, onDragLeave, onDrop }
}
