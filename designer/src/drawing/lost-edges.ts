// Edges of two definitions held against each other. One that leads from the same step to the same step in the same way is the
// same edge, wherever it stands among the choices.
import { portLabel } from './condition-label.ts'
import type { LostEdge } from './drawing.ts'
import type { JsonObject } from './json.ts'
import { edgeId, leadsOf, mainPort, type Port, portKind, portsOf, portTarget } from './ports.ts'
import { isStartPath, isWithin, rootScope, startPath, stepPath } from './static-path.ts'
import { allSteps, scopeAt, scopesIn, stepAt, stepsIn } from './tree.ts'
import type { Difference } from './version-differences.ts'

export interface EdgeComparison {
  /** To be drawn beside those that the document has. */
  readonly lost: readonly LostEdge[]
  /** By the ids of edges in the picture. */
  readonly differences: ReadonlyMap<string, Difference>
}

/** `union`: the later one, with the steps put back that it no longer has. */
export function compareEdges(before: JsonObject, union: JsonObject, removed: readonly string[]): EdgeComparison {
  const differences = new Map<string, Difference>()
  const lost: LostEdge[] = []
  const isGone = (path: string) => removed.some((gone) => path === gone || isWithin(path, gone))
  for (const scope of scopesOf(union)) {
    const [old, now] = [waysIn(before, scope), waysIn(union, scope)]
    const [known, there] = [new Set(old.map(nameOf)), new Set(now.map(nameOf))]
    for (const way of now) {
      const id = edgeId(way.from, way.port, way.to)
      if (isGone(way.from)) differences.set(id, 'removed')
      else if (!known.has(nameOf(way))) differences.set(id, 'added')
    }
    for (const way of old) {
      const port = there.has(nameOf(way)) ? undefined : drawnPort(union, way)
      if (port === undefined || stepAt(union, way.to) === undefined) continue
      const id = edgeId(way.from, way.port, way.to)
      differences.set(id, 'removed')
      lost.push({ id, scope, from: way.from, port, to: way.to, label: way.label })
    }
  }
  return { lost, differences }
}

interface Way {
  readonly from: string
  readonly port: Port
  /** A path. */
  readonly to: string
  readonly label: string
}

const nameOf = ({ from, port, to }: Way) => `${from} ${portKind(port)} ${to}`

const scopesOf = (definition: JsonObject): string[] => [
  rootScope,
  ...allSteps(definition).flatMap(({ path, step }) => scopesIn(path, step).map(({ scope }) => scope)),
]

function waysIn(definition: JsonObject, scope: string): Way[] {
  const start = portTarget(scopeAt(definition, scope), 'start')
  const first: Way[] =
    start === undefined ? [] : [{ from: startPath(scope), port: 'start', to: stepPath(scope, start), label: '' }]
  const others = stepsIn(definition, scope).flatMap(({ path, step }) =>
    leadsOf(step).map(
      ({ port, to }): Way => ({ from: path, port, to: stepPath(scope, to), label: portLabel(step, port) }),
    ),
  )
  return [...first, ...others]
}

/** Where it can be seen to leave: its own port, else the one through which the step goes on. Undefined: it has none. */
function drawnPort(union: JsonObject, { from, port }: Way): Port | undefined {
  if (isStartPath(from)) return port
  const step = stepAt(union, from)
  if (step === undefined) return undefined
  const ports = portsOf(step)
  return [port, mainPort(step)].find((one) => one !== undefined && ports.includes(one)) ?? ports[0]
}
