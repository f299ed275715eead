// A port is a place of a step from which an edge leads out; each is one field of the document that names a step.
import type { Json } from '@durable-canvas/schema'
import { getAt, isArray, isObject, type JsonObject, type JsonPath, setAt } from './json.ts'
import { shapeOf } from './step-shapes.ts'

export type Port = 'start' | 'next' | 'otherwise' | 'onTimeout' | `choice/${number}` | `catch/${number}`

/** Dragging from these makes a new choice or catch, with the target as its first one. */
export type OpenPort = Port | 'choice/new' | 'catch/new'

export type PortKind = 'start' | 'next' | 'otherwise' | 'onTimeout' | 'choice' | 'catch'

export function portKind(port: OpenPort): PortKind {
  const [kind] = port.split('/')
  return kind as PortKind
}

export function portIndex(port: OpenPort): number {
  return Number(port.split('/')[1])
}

/** Where the port's target stands inside of its step (or of the scope, for `start`). */
export function portPointer(port: Port): JsonPath {
  const kind = portKind(port)
  if (kind === 'choice') return ['choices', portIndex(port), 'next']
  if (kind === 'catch') return ['catch', portIndex(port), 'next']
  return [kind]
}

export function portTarget(step: Json | undefined, port: Port): string | undefined {
  const target = getAt(step, portPointer(port))
  return typeof target === 'string' ? target : undefined
}

const length = (step: JsonObject, key: string): number => {
  const items = getAt(step, [key])
  return isArray(items) ? items.length : 0
}

const times = (count: number) => Array.from({ length: count }, (_, index) => index)

/** The ports that a step shows, in the order in which they stand on it, whether they lead somewhere or not. */
export function portsOf(step: JsonObject): Port[] {
  const shape = shapeOf(step.type)
  const ports: Port[] = []
  if (shape === undefined || shape.choices) {
    ports.push(...times(length(step, 'choices')).map((index): Port => `choice/${index}`))
    if (shape !== undefined || 'otherwise' in step) ports.push('otherwise')
  }
  if (shape === undefined ? 'next' in step : shape.next) ports.push('next')
  if (shape === undefined ? 'onTimeout' in step : shape.onTimeout) ports.push('onTimeout')
  ports.push(...times(length(step, 'catch')).map((index): Port => `catch/${index}`))
  return ports
}

export interface Lead {
  readonly port: Port
  /** A step id of the same scope; perhaps of none. */
  readonly to: string
}

const leads = new WeakMap<JsonObject, readonly Lead[]>()

/** Both ends are paths. */
export const edgeId = (from: string, port: Port, to: string): string => `${from}:${port}:${to}`

/** Every edge that leaves the step, by what the document says. */
export function leadsOf(step: JsonObject): readonly Lead[] {
  const known = leads.get(step)
  if (known !== undefined) return known
  const found = portsOf(step).flatMap((port) => {
    const to = portTarget(step, port)
    return to === undefined ? [] : [{ port, to }]
  })
  leads.set(step, found)
  return found
}

/** The port that a chain goes on through, if the step has one. */
export function mainPort(step: JsonObject): Port | undefined {
  const shape = shapeOf(step.type)
  if (shape === undefined || shape.next) return 'next'
  return shape.choices ? 'otherwise' : undefined
}

/** Where the flow goes on if this step is taken out. */
export function mainTarget(step: JsonObject): string | undefined {
  const main = mainPort(step)
  if (main === undefined) return undefined
  const target = portTarget(step, main)
  if (target !== undefined || main === 'next') return target
  return leadsOf(step).find(({ port }) => portKind(port) === 'choice')?.to
}

export function withTarget(step: JsonObject, port: Port, to: string | undefined): JsonObject {
  const changed = setAt(step, portPointer(port), to)
  return isObject(changed) ? changed : step
}
