import type { Drawing } from '../drawing.ts'
import { type Edit, edit } from '../edit.ts'
import type { OpenPort, Port } from '../ports.ts'
import { attach, detach } from '../retarget.ts'
import { idOf, isStartPath, scopeOf } from '../static-path.ts'
import { stepAt } from '../tree.ts'

const name = (path: string) => (isStartPath(path) ? 'the start' : idOf(path))

/** Leads a port to a step of the same scope. Whether that is allowed is told by the connection rules. */
export function connect(drawing: Drawing, from: string, port: OpenPort, to: string): Edit {
  const crosses = scopeOf(from) !== scopeOf(to) || stepAt(drawing.definition, to) === undefined
  const definition = crosses ? drawing.definition : attach(drawing.definition, from, port, idOf(to))
  return edit(drawing, { ...drawing, definition }, `Connect ${name(from)} to ${idOf(to)}`)
}

export function disconnect(drawing: Drawing, from: string, port: Port): Edit {
  const definition = detach(drawing.definition, from, port)
  return edit(drawing, { ...drawing, definition }, `Disconnect ${name(from)}`)
}

export interface EdgeMove {
  readonly from: string
  readonly port: Port
  /** The port that it leaves from now. */
  readonly newFrom: string
  readonly newPort: OpenPort
  readonly to: string
}

/** One end of an edge led elsewhere. */
export function reconnect(drawing: Drawing, { from, port, newFrom, newPort, to }: EdgeMove): Edit {
  const moved = from !== newFrom || port !== newPort
  const target = stepAt(drawing.definition, to)
  if (target === undefined || scopeOf(newFrom) !== scopeOf(to)) return edit(drawing, drawing, 'Reconnect')
  const attached = attach(drawing.definition, newFrom, newPort, idOf(to))
  const definition = moved ? detach(attached, from, port) : attached
  return edit(drawing, { ...drawing, definition }, `Connect ${name(newFrom)} to ${idOf(to)}`)
}
