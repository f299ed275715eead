// People's modules say `import { defineActivity } from '@durable-canvas/interpreter'` and lie anywhere, also where no node_modules has it.
// When Node does not find one of this project's packages from there, it is looked up from here instead. Nothing else is changed.
import Module, { register } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const ownScope = '@durable-canvas/'

let isRegistered = false

export function resolveOwnPackages(): void {
  if (isRegistered) return
  isRegistered = true
  forImport()
  forRequire()
}

/** The hook runs in a thread of Node's own and reaches nothing of this module, so it is written out as text. */
function forImport(): void {
  const hook = `export async function resolve(specifier, context, next) {
    try {
      return await next(specifier, context)
    } catch (error) {
      if (!specifier.startsWith(${JSON.stringify(ownScope)})) throw error
      return next(specifier, { ...context, parentURL: ${JSON.stringify(import.meta.url)} })
    }
  }`
  register(`data:text/javascript,${encodeURIComponent(hook)}`)
}

type ResolveFilename = (request: string, parent: unknown, ...rest: unknown[]) => string

/** A .ts file in a folder without "type": "module" is CommonJS for Node, and its imports are calls of require. */
function forRequire(): void {
  const internals = Module as unknown as { _resolveFilename: ResolveFilename; _nodeModulePaths(from: string): string[] }
  const here = fileURLToPath(import.meta.url)
  const ownParent = { id: here, filename: here, paths: internals._nodeModulePaths(dirname(here)) }
  const resolveFilename = internals._resolveFilename
  internals._resolveFilename = function (this: unknown, request, parent, ...rest) {
    try {
      return resolveFilename.call(this, request, parent, ...rest)
    } catch (error) {
      if (!request.startsWith(ownScope)) throw error
      return resolveFilename.call(this, request, ownParent, ...rest)
    }
  }
}
