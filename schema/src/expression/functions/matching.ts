import { apply } from '../apply.ts'
import type { BuiltIns } from '../built-in.ts'
import { Fault } from '../fault.ts'
import type { Run } from '../run.ts'
import { isArray, isFunction, isObject, newSequence, type Value, type ValueArray } from '../value.ts'
import { onText } from './strings.ts'

// A pattern is a string, a regex, or any function that gives matches the way a regex does.

export const matchingFunctions: BuiltIns = {
  contains: {
    signature: '<s-(sf):b>',
    arity: 2,
    call: onText((text, [, pattern], run) => {
      if (pattern === undefined) return undefined
      if (typeof pattern === 'string') return text.includes(pattern)
      return apply(pattern, [text], null, run) !== undefined
    }),
  },
  match: { signature: '<s-f<s:o>n?:a<o>>', arity: 3, call: onText(match) },
  replace: { signature: '<s-(sf)(sf)n?:s>', arity: 4, call: onText(replace) },
  split: { signature: '<s-(sf)n?:a<s>>', arity: 3, call: onText(split) },
}

interface Match {
  readonly match: Value
  readonly start: Value
  readonly end: Value
  readonly groups: ValueArray
  readonly value: Value
  readonly next: Value
}

/** At most `limit` matches, the next one looked for only when it is asked for. */
function* matches(pattern: Value, text: string, limit: Value, run: Run): Generator<Match> {
  let left = limit === undefined ? Number.POSITIVE_INFINITY : Number(limit)
  let found = left > 0 ? toMatch(apply(pattern, [text], null, run)) : undefined
  while (found !== undefined) {
    run.tick()
    yield found
    // the package looks for one more before it counts, and so may fail on it
    const next = toMatch(apply(found.next, [], null, run))
    found = --left > 0 ? next : undefined
  }
}

function toMatch(value: Value): Match | undefined {
  if (value === undefined) return undefined
  if (!isObject(value)) throw new Fault('T1010', { value })
  const { match, start, end, groups, next } = value
  if (typeof start !== 'number' && !isArray(groups) && !isFunction(next)) throw new Fault('T1010', { value })
  return { match, start, end, groups: isArray(groups) ? groups : [], value, next }
}

function checkLimit(limit: Value, code: string, index: number): void {
  if (typeof limit === 'number' && limit < 0) throw new Fault(code, { value: limit, index })
}

function match(text: string, [, pattern, limit]: readonly Value[], run: Run): Value {
  checkLimit(limit, 'D3040', 3)
  const found = newSequence()
  for (const { match: matched, start, groups } of matches(pattern, text, limit, run)) {
    found.push({ match: matched, index: start, groups })
    run.allow(found.length)
  }
  return found
}

function split(text: string, [, separator, limit]: readonly Value[], run: Run): Value {
  checkLimit(limit, 'D3020', 3)
  if (separator === undefined || typeof separator === 'string') return splitByText(text, separator, limit, run)
  const most = limit === undefined ? Number.POSITIVE_INFINITY : Number(limit)
  const parts: Value[] = []
  let start = 0
  for (const found of matches(separator, text, limit, run)) {
    parts.push(text.slice(start, Number(found.start)))
    start = Number(found.end)
    run.allow(parts.length)
  }
  if (parts.length < most) parts.push(text.slice(start))
  return parts
}

function splitByText(text: string, separator: string | undefined, limit: Value, run: Run): Value {
  const most = run.budget.elements + 1
  const wanted = limit === undefined ? most : Math.min(most, Math.trunc(Number(limit)))
  const parts = separator === undefined ? [text].slice(0, wanted) : text.split(separator, wanted)
  run.chargeElements(parts.length)
  run.allow(parts.length)
  return parts
}

function replace(text: string, [, pattern, replacement, limit]: readonly Value[], run: Run): Value {
  if (pattern === '') throw new Fault('D3010', { value: pattern, index: 2 })
  checkLimit(limit, 'D3011', 4)
  if (typeof pattern === 'string') return replaceText(text, pattern, replacement, limit, run)
  let result = ''
  let position = 0
  for (const found of matches(pattern, text, limit, run)) {
    const start = Number(found.start)
    result += text.slice(position, start) + substitute(found, replacement, run)
    run.allowText(start - position, result.length)
    position = start + String(found.match).length
  }
  result += text.slice(position)
  run.allowText(0, result.length)
  return result
}

function replaceText(text: string, pattern: string, replacement: Value, limit: Value, run: Run): Value {
  const most = limit === undefined ? Number.POSITIVE_INFINITY : Number(limit)
  // a function in place of the text is, as in JSONata, only called for a regex
  const inserted = typeof replacement === 'string' ? replacement : ''
  let result = ''
  let position = 0
  let count = 0
  for (let at = text.indexOf(pattern); at >= 0 && count < most; at = text.indexOf(pattern, position)) {
    run.tick()
    result += text.slice(position, at) + inserted
    run.allowText(inserted.length, result.length)
    position = at + pattern.length
    count++
  }
  result += text.slice(position)
  run.allowText(0, result.length)
  return result
}

function substitute(found: Match, replacement: Value, run: Run): string {
  const text =
    typeof replacement === 'string' ? expand(replacement, found, run) : apply(replacement, [found.value], null, run)
  if (typeof text !== 'string') throw new Fault('D3012', { value: text })
  run.allowText(text.length)
  return text
}

/** `$0` is the match, `$1` … its groups, `$$` a dollar. */
function expand(replacement: string, { match: matched, groups }: Match, run: Run): string {
  run.chargeText(replacement.length)
  let result = ''
  let position = 0
  for (let at = replacement.indexOf('$'); at >= 0; at = replacement.indexOf('$', position)) {
    run.tick()
    result += replacement.slice(position, at)
    const next = replacement.charAt(at + 1)
    const group = groupNumber(replacement.slice(at + 1), groups.length)
    position = at + 2
    if (next === '$') result += '$'
    else if (next === '0') result += String(matched)
    else if (group === undefined) {
      result += '$'
      position = at + 1
    } else {
      const value = groups[group - 1]
      if (typeof value === 'string') result += value
      position = at + 1 + String(group).length
    }
  }
  return result + replacement.slice(position)
}

/** As many digits as name one of the groups; with one group `$12` is that group and a 2. */
function groupNumber(text: string, count: number): number | undefined {
  const most = count === 0 ? 1 : String(count).length
  const digits = /^\d+/.exec(text.slice(0, most))?.[0]
  if (digits === undefined) return undefined
  const number = Number(digits)
  return digits.length > 1 && number > count ? Number(digits.slice(0, -1)) : number
}
