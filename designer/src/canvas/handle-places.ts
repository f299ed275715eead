// Where the ports of a box are. React Flow is told, so that it need not measure, and the handles stand there too.
import { Position } from '@xyflow/react'
import type { DiagramBox } from '../drawing/diagram.ts'
import type { Direction } from '../drawing/drawing.ts'
import { type OpenPort, portIndex, portKind, portsOf } from '../drawing/ports.ts'
import { portOffset } from '../drawing/scope-measure.ts'
import { shapeOf } from '../drawing/step-shapes.ts'

export interface HandlePlace {
  readonly id: 'in' | OpenPort
  readonly type: 'source' | 'target'
  readonly position: Position
  /** Its middle, from the box's upper left corner. */
  readonly x: number
  readonly y: number
}

export function handlePlaces(box: DiagramBox, direction: Direction): HandlePlace[] {
  const turned = direction === 'LR'
  const { width, height } = box
  const end = (id: OpenPort, offset: number): HandlePlace =>
    turned
      ? { id, type: 'source', position: Position.Right, x: width, y: height / 2 + offset }
      : { id, type: 'source', position: Position.Bottom, x: width / 2 + offset, y: height }
  if (box.kind === 'start') return [end('start', 0)]
  if (box.step === undefined) return []
  const into: HandlePlace = turned
    ? { id: 'in', type: 'target', position: Position.Left, x: 0, y: height / 2 }
    : { id: 'in', type: 'target', position: Position.Top, x: width / 2, y: 0 }
  const ports = portsOf(box.step)
  const side = (id: OpenPort, slot: number): HandlePlace =>
    turned
      ? { id, type: 'source', position: Position.Bottom, x: width - 20 - slot * 16, y: height }
      : { id, type: 'source', position: Position.Right, x: width, y: 14 + slot * 14 }
  const places = ports.map((port): HandlePlace => {
    const kind = portKind(port)
    if (kind === 'catch') return side(port, portIndex(port))
    if (kind !== 'onTimeout') return end(port, portOffset(ports, port, turned ? height : width))
    return turned
      ? { id: port, type: 'source', position: Position.Top, x: width - 20, y: 0 }
      : { id: port, type: 'source', position: Position.Left, x: 0, y: height / 2 }
  })
  const shape = shapeOf(box.step.type)
  const catches = ports.filter((port) => portKind(port) === 'catch').length
  return [
    into,
    ...places,
    ...(shape?.catch ? [side('catch/new', catches)] : []),
    ...(shape?.choices ? [end('choice/new', (turned ? height : width) / 2 - 4)] : []),
  ]
}
