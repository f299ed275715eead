import type { Drawing } from '../drawing.ts'
import { type Edit, edit } from '../edit.ts'
import type { JsonObject } from '../json.ts'
import type { Port } from '../ports.ts'
import { regrouped } from '../regroup.ts'
import { takeOut } from '../retarget.ts'
import { idOf, scopeOf } from '../static-path.ts'
import { addStep, putOnEdge } from './add-step.ts'

export interface EdgeEnd {
  readonly from: string
  readonly port: Port
}

export function insertOnEdge(drawing: Drawing, edge: EdgeEnd, id: string, step: JsonObject): Edit {
  return addStep(drawing, { step, id, scope: scopeOf(edge.from), after: edge })
}

/** A step dropped on an edge leaves its chain, which closes, and joins the other one. */
export function moveOntoEdge(drawing: Drawing, path: string, edge: EdgeEnd): Edit {
  if (scopeOf(edge.from) !== scopeOf(path) || edge.from === path) return edit(drawing, drawing, 'Move')
  const without = takeOut(drawing.definition, scopeOf(path), [idOf(path)])
  const definition = putOnEdge(drawing, without, path, edge)
  return edit(drawing, regrouped({ ...drawing, definition }, [path]), `Move ${idOf(path)}`, [path])
}
