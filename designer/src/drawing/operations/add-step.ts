import type { Drawing, Position } from '../drawing.ts'
import { type Edit, edit, setInDefinition } from '../edit.ts'
import { isObject, type JsonObject, textAt } from '../json.ts'
import { mainPort, type OpenPort, type Port, portTarget, withTarget } from '../ports.ts'
import { regrouped } from '../regroup.ts'
import { attach, pointTo } from '../retarget.ts'
import { isStartPath, scopeOf, scopePointer, stepPath } from '../static-path.ts'
import { freeId, scopeAt, stepAt, stepsIn } from '../tree.ts'

export interface Outlet {
  readonly from: string
  readonly port: OpenPort
}

export interface NewStep {
  readonly step: JsonObject
  /** What the id is made from; a number is added if it is taken. */
  readonly id: string
  readonly scope: string
  /** The edge that it is put on; what the edge led to then follows the new step. */
  readonly after?: Outlet
  readonly position?: Position
}

export function addStep(drawing: Drawing, { step, id: wanted, scope, after, position }: NewStep): Edit {
  const body = scopeAt(drawing.definition, scope)
  if (body === undefined) return edit(drawing, drawing, 'Add a step')
  const siblings = stepsIn(drawing.definition, scope)
  const id = freeId(new Set(isObject(body.steps) ? Object.keys(body.steps) : []), wanted)
  const path = stepPath(scope, id)
  const outlet = after !== undefined && scopeOf(after.from) === scope ? after : undefined
  const followed = outlet === undefined ? step : continued(drawing.definition, outlet, step)
  let definition = setInDefinition(drawing.definition, [...scopePointer(scope), 'steps', id], followed)
  if (outlet !== undefined) definition = attach(definition, outlet.from, outlet.port, id)
  if (!siblings.some((sibling) => sibling.id === textAt(body, 'start')) && siblings.length === 0) {
    definition = setInDefinition(definition, [...scopePointer(scope), 'start'], id)
  }
  const positions =
    position === undefined ? drawing.layout.positions : { ...drawing.layout.positions, [path]: position }
  const added = { definition, layout: { ...drawing.layout, positions } }
  return edit(drawing, regrouped(added, [path]), `Add ${id}`, [path])
}

function continued(definition: JsonObject, outlet: Outlet, step: JsonObject): JsonObject {
  const port = outlet.port
  if (port === 'choice/new' || port === 'catch/new') return step
  const followed = targetOf(definition, outlet.from, port)
  const main = mainPort(step)
  return followed === undefined || main === undefined ? step : withTarget(step, main, followed)
}

function targetOf(definition: JsonObject, from: string, port: Port): string | undefined {
  const source = isStartPath(from) ? scopeAt(definition, scopeOf(from)) : stepAt(definition, from)
  return portTarget(source, port) || undefined
}

/** Puts a step that is in the drawing already on an edge of its own scope: out of its chain, into the other one. */
export function putOnEdge(drawing: Drawing, definitionWithout: JsonObject, path: string, outlet: Outlet): JsonObject {
  const step = stepAt(drawing.definition, path)
  if (step === undefined) return drawing.definition
  const main = mainPort(step)
  const bare = main === undefined ? step : withTarget(step, main, undefined)
  const scope = scopeOf(path)
  const id = stepsIn(drawing.definition, scope).find((placed) => placed.path === path)?.id ?? ''
  const followed = continued(definitionWithout, outlet, bare)
  const placed = setInDefinition(definitionWithout, [...scopePointer(scope), 'steps', id], followed)
  return outlet.port === 'choice/new' || outlet.port === 'catch/new'
    ? placed
    : pointTo(placed, outlet.from, outlet.port, id)
}
