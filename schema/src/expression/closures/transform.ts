import { builtIn } from '../built-in.ts'
import { cloneTracked } from '../clone.ts'
import type { Compiler, Evaluate } from '../compiler.ts'
import { Fault } from '../fault.ts'
import type { Frame } from '../frame.ts'
import { isArrayOfStrings } from '../numeric.ts'
import type { Run } from '../run.ts'
import { parseSignature } from '../signature.ts'
import { required, type SyntaxNode } from '../syntax-tree.ts'
import { functionValue, isArray, isFunction, isObject, setProperty, type Value } from '../value.ts'

const transformSignature = parseSignature('<(oa):o>')

type Mutable = Record<string, Value>

/**
 * `|pattern|update, deletions|`: a function that changes a copy. Only objects of that copy are changed; a pattern that
 * finds others, such as a variable's, leaves them as they are.
 */
export function compileTransform(compiler: Compiler, node: SyntaxNode): Evaluate {
  const pattern = compiler.compile(required(node.pattern))
  const update = compiler.compile(required(node.update))
  const deletions = node.delete === undefined ? undefined : compiler.compile(node.delete)
  const checkClone = compileCloneCheck(compiler, node)
  return (_input, frame, run) => {
    run.tick()
    return functionValue(
      ([value], _context, inner) => {
        if (value === undefined) return undefined
        checkClone(frame, inner)
        const copies = new Set<Value>()
        const copy = cloneTracked(value, copies, inner)
        const matches = pattern(copy, frame, inner)
        for (const match of isArray(matches) ? matches : [matches]) {
          inner.tick()
          if (match === undefined) continue
          applyUpdate(match, update(match, frame, inner), copies, required(node.update).position)
          if (deletions !== undefined)
            applyDeletions(match, deletions(match, frame, inner), copies, node.delete?.position)
        }
        return copy
      },
      1,
      transformSignature,
      4,
    )
  }
}

/** An expression may bind `$clone` to something of its own, which JSONata refuses here. */
function compileCloneCheck(compiler: Compiler, node: SyntaxNode): (frame: Frame, run: Run) => void {
  const id = compiler.idOf('clone')
  if (id === undefined) return () => {}
  return (frame) => {
    const found = frame.lookup(id)
    const clone = typeof found === 'symbol' ? builtIn('clone') : found
    if (!isFunction(clone)) throw new Fault('T2013', { position: node.position })
  }
}

function applyUpdate(match: Value, update: Value, copies: ReadonlySet<Value>, position: number | undefined): void {
  if (update === undefined) return
  if (!isObject(update)) throw new Fault('T2011', { position, value: update })
  if (!copies.has(match)) return
  for (const key of Object.keys(update)) setProperty(match as Mutable, key, update[key])
}

function applyDeletions(match: Value, found: Value, copies: ReadonlySet<Value>, position: number | undefined): void {
  if (found === undefined) return
  const keys = isArray(found) ? found : [found]
  if (!isArrayOfStrings(keys)) throw new Fault('T2012', { position, value: found })
  if (!copies.has(match)) return
  for (const key of keys) delete (match as Mutable)[key]
}
