// Nodes and edges are a projection of the document, never the truth. Decompiling takes a definition apart into boxes
// and wires; compiling puts exactly the same definition together again, whatever was wrong with it.
import type { Json } from '@durable-canvas/schema'
import { fromEntries, isObject, type JsonObject, type JsonPath, setAt } from './json.ts'
import { leadsOf, type Port, portPointer, portTarget } from './ports.ts'
import { isStartPath, rootScope, scopeOf, scopePointer, startPath, stepPointer } from './static-path.ts'
import { scopesIn, stepsIn } from './tree.ts'

export interface Box {
  readonly path: string
  readonly id: string
  readonly scope: string
  /** The step without what is drawn around it: null stands where an edge leads out or a scope is inside. */
  readonly own: JsonObject
  readonly scopes: readonly { readonly scope: string; readonly at: JsonPath; readonly own: JsonObject }[]
}

export interface Wire {
  /** A step's path, or a scope's start marker. */
  readonly from: string
  readonly port: Port
  /** An id of the same scope, perhaps of no step. */
  readonly to: string
}

export interface Graph {
  readonly own: JsonObject
  readonly boxes: readonly Box[]
  readonly wires: readonly Wire[]
}

export function decompile(definition: JsonObject): Graph {
  const boxes: Box[] = []
  const wires: Wire[] = []
  const own = openScope(definition, rootScope, definition, boxes, wires)
  return { own, boxes, wires }
}

/** The scope's own fields, with null for its steps and its start; its boxes and wires join the lists. */
function openScope(definition: JsonObject, scope: string, body: JsonObject, boxes: Box[], wires: Wire[]): JsonObject {
  let own: JsonObject = body
  const start = portTarget(body, 'start')
  if (start !== undefined) {
    wires.push({ from: startPath(scope), port: 'start', to: start })
    own = holed(own, ['start'])
  }
  for (const { path, id, step } of stepsIn(definition, scope)) {
    own = holed(own, ['steps', id])
    const leads = leadsOf(step)
    let bare = leads.reduce((left, { port }) => holed(left, portPointer(port)), step)
    for (const { port, to } of leads) wires.push({ from: path, port, to })
    const scopes: Box['scopes'][number][] = []
    const place = boxes.length
    const inner = scopesIn(path, step).map(({ scope: held, branch, body: inside }) => {
      const at = branch === undefined ? ['body'] : ['branches', branch]
      bare = holed(bare, at)
      return { held, at, inside }
    })
    const box: Box = { path, id, scope, own: bare, scopes }
    boxes.push(box)
    for (const { held, at, inside } of inner) {
      scopes.push({ scope: held, at, own: openScope(definition, held, inside, boxes, wires) })
    }
    boxes[place] = box
  }
  return own
}

function holed(object: JsonObject, path: JsonPath): JsonObject {
  const changed = setAt(object, path, null)
  return isObject(changed) ? changed : object
}

export function compile({ own, boxes, wires }: Graph): JsonObject {
  let definition: Json = own
  for (const box of boxes) {
    definition = setAt(definition, stepPointer(box.path), box.own) ?? definition
    for (const { scope, own: body } of box.scopes)
      definition = setAt(definition, scopePointer(scope), body) ?? definition
  }
  for (const { from, port, to } of wires) {
    const source = isStartPath(from) ? scopePointer(scopeOf(from)) : stepPointer(from)
    definition = setAt(definition, [...source, ...portPointer(port)], to) ?? definition
  }
  return isObject(definition) ? definition : fromEntries([])
}
