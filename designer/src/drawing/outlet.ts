// Where a new step goes if only a selection is known.
import type { JsonObject } from './json.ts'
import { mainPort, mainTarget, type Port } from './ports.ts'
import { isStartPath, rootScope, scopeOf, startPath, stepPath } from './static-path.ts'
import { incomingOf, stepAt, stepsIn } from './tree.ts'

export interface Outlet {
  readonly from: string
  readonly port: Port
}

/** After the step; before one that ends its scope; with no step, at the end of the scope's main chain. */
export function outletAfter(
  definition: JsonObject,
  path: string | undefined,
  root: string = rootScope,
): Outlet | undefined {
  if (path === undefined) return endOfChain(definition, root)
  if (isStartPath(path)) return { from: path, port: 'start' }
  const step = stepAt(definition, path)
  if (step === undefined) return endOfChain(definition, root)
  const port = mainPort(step)
  return port === undefined ? incomingOf(definition, path)[0] : { from: path, port }
}

function endOfChain(definition: JsonObject, scope: string): Outlet | undefined {
  if (stepsIn(definition, scope).length === 0) return undefined
  let outlet: Outlet = { from: startPath(scope), port: 'start' }
  const seen = new Set<string>()
  for (let path = firstOf(definition, scope); path !== undefined && !seen.has(path); ) {
    seen.add(path)
    const step = stepAt(definition, path)
    const port = step === undefined ? undefined : mainPort(step)
    if (step === undefined || port === undefined) return outlet
    outlet = { from: path, port }
    const next = mainTarget(step)
    path = next === undefined ? undefined : stepPath(scopeOf(path), next)
  }
  return outlet
}

function firstOf(definition: JsonObject, scope: string): string | undefined {
  return stepsIn(definition, scope).find(({ path }) =>
    incomingOf(definition, path).some(({ from }) => from === startPath(scope)),
  )?.path
}
