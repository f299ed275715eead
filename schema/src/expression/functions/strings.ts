import type { BuiltIns } from '../built-in.ts'
import type { Run } from '../run.ts'
import { toText } from '../text.ts'
import type { Value } from '../value.ts'

export const stringFunctions: BuiltIns = {
  string: {
    signature: '<x-b?:s>',
    arity: 1,
    call: ([value, isPretty], run) =>
      value === undefined ? undefined : toText(value, run, isPretty === true ? '  ' : ''),
  },
  length: { signature: '<s-:n>', arity: 1, call: onText((text, _args, run) => countCharacters(text, run)) },
  substring: { signature: '<s-nn?:s>', arity: 3, call: onText(substring) },
  substringBefore: {
    signature: '<s-s:s>',
    arity: 2,
    call: onText((text, [, mark]) => {
      const at = text.indexOf(String(mark))
      return at < 0 ? text : text.slice(0, at)
    }),
  },
  substringAfter: {
    signature: '<s-s:s>',
    arity: 2,
    call: onText((text, [, mark]) => {
      const at = text.indexOf(String(mark))
      return at < 0 ? text : text.slice(at + String(mark).length)
    }),
  },
  lowercase: { signature: '<s-:s>', arity: 1, call: onText((text, _args, run) => built(text.toLowerCase(), run)) },
  uppercase: { signature: '<s-:s>', arity: 1, call: onText((text, _args, run) => built(text.toUpperCase(), run)) },
  trim: {
    signature: '<s-:s>',
    arity: 1,
    call: onText((text) => text.replace(/[ \t\n\r]+/g, ' ').replace(/^ | $/g, '')),
  },
  pad: { signature: '<s-ns?:s>', arity: 3, call: onText(pad) },
  join: { signature: '<a<s>s?:s>', arity: 2, call: ([strings, separator], run) => join(strings, separator, run) },
}

/** A function of a string: undefined for none, and charged for reading it. */
export function onText(
  call: (text: string, args: readonly Value[], run: Run) => Value,
): (args: readonly Value[], run: Run) => Value {
  return (args, run) => {
    const [text] = args
    if (typeof text !== 'string') return undefined
    run.chargeText(text.length)
    return call(text, args, run)
  }
}

export function built(text: string, run: Run): string {
  run.allowText(text.length)
  return text
}

const hasSurrogate = /[\ud800-\udfff]/

/** JSONata counts characters, where JavaScript counts halves of those beyond the basic plane. */
function countCharacters(text: string, run: Run): number {
  if (!hasSurrogate.test(text)) return text.length
  run.charge(text.length >> 3)
  let count = 0
  for (const _character of text) count++
  return count
}

function slice(text: string, start: number, end: number | undefined, run: Run): string {
  if (!hasSurrogate.test(text)) return text.slice(start, end)
  run.charge(text.length >> 3)
  return Array.from(text).slice(start, end).join('')
}

function substring(text: string, [, from, count]: readonly Value[], run: Run): string {
  const length = countCharacters(text, run)
  const start = length + Number(from) < 0 ? 0 : Number(from)
  if (count === undefined) return slice(text, start, undefined, run)
  if (Number(count) <= 0) return ''
  return slice(text, start, start >= 0 ? start + Number(count) : length + start + Number(count), run)
}

function pad(text: string, [, wanted, filler]: readonly Value[], run: Run): string {
  const width = Math.trunc(Number(wanted))
  const missing = Math.abs(width) - countCharacters(text, run)
  if (!(missing > 0)) return text
  const unit = filler === undefined || filler === '' ? ' ' : String(filler)
  const unitLength = countCharacters(unit, run)
  const times = Math.ceil(missing / unitLength)
  run.allowText(text.length + times * unit.length)
  const padding = slice(unit.repeat(times), 0, missing, run)
  return width > 0 ? text + padding : padding + text
}

function join(strings: Value, separator: Value, run: Run): Value {
  if (strings === undefined) return undefined
  const parts = strings as readonly string[]
  const between = separator === undefined ? '' : String(separator)
  run.chargeElements(parts.length)
  let length = between.length * Math.max(0, parts.length - 1)
  for (const part of parts) length += part.length
  run.allowText(length)
  return parts.join(between)
}
