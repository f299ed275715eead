import type { TestDifference, TestResult } from '@durable-canvas/interpreter/core'
import { formatDuration, type Json } from '@durable-canvas/schema'

export const outcomeLine = ({ name, passed, durationMs }: TestResult): string =>
  `${passed ? '✓' : '✗'} ${name} (${formatDuration(durationMs)} virtual)`

/** `output/total: expected 42, got 41` */
export function differenceLine({ what, path, expected, actual }: TestDifference): string {
  if (what === 'input') return `input refused: ${String(actual)}`
  if (what === 'steps')
    return expected === undefined
      ? `steps: ${path.slice(1)} completed, unexpectedly`
      : `steps: ${path.slice(1)} did not complete`
  return `${what}${path}: expected ${shown(expected)}, got ${shown(actual)}`
}

const shown = (value: Json | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value))
