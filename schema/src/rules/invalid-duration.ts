import { parseDuration } from '../duration.ts'
import { isExpression } from '../expression/index.ts'
import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

export const invalidDuration: Rule = function* ({ texts }) {
  for (const { text, kind, pointer, step } of texts)
    if (kind === 'duration' && !isExpression(text) && parseDuration(text) === undefined)
      yield problem(
        'InvalidDuration',
        { path: pointer, step: step?.path },
        `${JSON.stringify(text)} is no duration${hint(text)}`,
      )
}

function hint(text: string): string {
  if (/^P[^T]*\d[YM]/.test(text)) return ': years and months have no fixed length; give weeks or days'
  const upper = text.toUpperCase()
  if (parseDuration(upper) !== undefined) return `; did you mean \`${upper}\`?`
  const seconds = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)?\s*$/i.exec(text)
  if (seconds?.[1] === undefined) return ' such as PT30S, PT1H30M or P2D'
  return `; did you mean \`${iso(seconds[1], (seconds[2] ?? 's').toLowerCase())}\`?`
}

function iso(amount: string, unit: string): string {
  if (unit === 'ms') return `PT${Number(amount) / 1000}S`
  if (unit.startsWith('d')) return `P${amount}D`
  return `PT${amount}${unit.charAt(0).toUpperCase()}`
}
