import type { TestDifference } from '@durable-canvas/interpreter/core'
import type { Json } from '@durable-canvas/schema'

const shown = (value: Json | undefined) => (value === undefined ? 'nothing' : JSON.stringify(value))

/** One line: what was expected, and what came. */
export function differenceWords({ what, path, expected, actual }: TestDifference): string {
  if (what === 'steps')
    return expected === undefined ? `${path.slice(1)} completed, unexpectedly` : `${path.slice(1)} did not complete`
  if (what === 'input') return `The input is refused: ${String(actual)}`
  const place = `${what === 'customStatus' ? 'custom status' : what}${path}`
  return `${place}: expected ${shown(expected)}, got ${shown(actual)}`
}
