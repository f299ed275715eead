import type { BuiltIns } from '../built-in.ts'
import { Fault } from '../fault.ts'
import { isNumeric } from '../numeric.ts'
import type { Run } from '../run.ts'
import { isTruthy } from '../truth.ts'
import type { Value } from '../value.ts'
import { formatInteger, parseInteger } from './integer-picture.ts'
import { formatNumber } from './number-picture.ts'
import { round } from './rounding.ts'
import { built, onText } from './strings.ts'

export const numberFunctions: BuiltIns = {
  number: { signature: '<(nsb)-:n>', arity: 1, call: ([value]) => toNumber(value) },
  abs: { signature: '<n-:n>', arity: 1, call: onNumber(Math.abs) },
  floor: { signature: '<n-:n>', arity: 1, call: onNumber(Math.floor) },
  ceil: { signature: '<n-:n>', arity: 1, call: onNumber(Math.ceil) },
  round: { signature: '<n-n?:n>', arity: 2, call: onNumber((value, [, digits]) => round(value, Number(digits ?? 0))) },
  sqrt: { signature: '<n-:n>', arity: 1, call: onNumber(squareRoot) },
  power: { signature: '<n-n:n>', arity: 2, call: onNumber((base, [, exponent]) => power(base, Number(exponent))) },
  random: { signature: '<:n>', arity: 0, call: (_args, run) => run.random() },
  uuid: { signature: '<:s>', arity: 0, call: (_args, run) => uuid(run) },
  boolean: {
    signature: '<x-:b>',
    arity: 1,
    call: ([value], run) => (value === undefined ? undefined : isTruthy(value, run)),
  },
  not: {
    signature: '<x-:b>',
    arity: 1,
    call: ([value], run) => (value === undefined ? undefined : !isTruthy(value, run)),
  },
  formatBase: { signature: '<n-n?:s>', arity: 2, call: onNumber(formatBase) },
  formatNumber: {
    signature: '<n-so?:s>',
    arity: 3,
    call: onNumber((value, [, picture, options], run) =>
      built(formatNumber(value, String(picture), options, run), run),
    ),
  },
  formatInteger: {
    signature: '<n-s:s>',
    arity: 2,
    call: onNumber((value, [, picture], run) => built(formatInteger(Math.floor(value), String(picture), run), run)),
  },
  parseInteger: {
    signature: '<s-s:n>',
    arity: 2,
    call: onText((text, [, picture], run) => parseInteger(text, String(picture), run)),
  },
  sum: { signature: '<a<n>:n>', arity: 1, call: onNumbers((numbers) => total(numbers)) },
  max: { signature: '<a<n>:n>', arity: 1, call: onNumbers((numbers) => extreme(numbers, Math.max)) },
  min: { signature: '<a<n>:n>', arity: 1, call: onNumbers((numbers) => extreme(numbers, Math.min)) },
  average: {
    signature: '<a<n>:n>',
    arity: 1,
    call: onNumbers((numbers) => (numbers.length === 0 ? undefined : total(numbers) / numbers.length)),
  },
}

function onNumber(call: (value: number, args: readonly Value[], run: Run) => Value) {
  return (args: readonly Value[], run: Run): Value => {
    const [value] = args
    return typeof value === 'number' ? call(value, args, run) : undefined
  }
}

function onNumbers(call: (numbers: readonly number[]) => Value) {
  return ([numbers]: readonly Value[], run: Run): Value => {
    if (numbers === undefined) return undefined
    const items = numbers as readonly number[]
    run.chargeElements(items.length)
    return call(items)
  }
}

function total(numbers: readonly number[]): number {
  let sum = 0
  for (const number of numbers) sum += number
  return sum
}

function extreme(numbers: readonly number[], choose: (a: number, b: number) => number): Value {
  let best = numbers[0]
  for (const number of numbers) best = choose(best ?? number, number)
  return best
}

const decimal = /^-?[0-9]+(\.[0-9]+)?([Ee][-+]?[0-9]+)?$/
const otherRadix = /^0([xX][0-9A-Fa-f]+|[oO][0-7]+|[bB][01]+)$/

function toNumber(value: Value): Value {
  if (value === undefined || typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string' && (decimal.test(value) || otherRadix.test(value))) {
    const number = Number(value)
    if (Number.isFinite(number)) return number
  }
  throw new Fault('D3030', { value, index: 1 })
}

function squareRoot(value: number): number {
  if (value < 0) throw new Fault('D3060', { value, index: 1 })
  return Math.sqrt(value)
}

function power(base: number, exponent: number): number {
  const result = base ** exponent
  if (!Number.isFinite(result)) throw new Fault('D3061', { value: base, value2: exponent, index: 1 })
  return result
}

function formatBase(value: number, [, wanted]: readonly Value[]): string {
  const radix = isNumeric(wanted) ? round(wanted, 0) : 10
  if (radix < 2 || radix > 36) throw new Fault('D3100', { value: radix })
  return round(value, 0).toString(radix)
}

/** Version 4, from the host's draws, so that a replay makes the same one. */
function uuid(run: Run): string {
  const words = Array.from({ length: 4 }, () => Math.floor(run.random() * 0x1_0000_0000))
  const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('')
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}
