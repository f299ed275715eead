import { Fault } from '../fault.ts'
import { finite } from '../numeric.ts'
import type { Run } from '../run.ts'
import { isObject, type Value } from '../value.ts'
import { checkPicture, groupDigits, regularInterval } from './picture.ts'
import { round } from './rounding.ts'

// Number pictures as in XPath's format-number: `#,##0.00`, or two of them for positive and negative numbers.

const defaultSymbols = {
  'decimal-separator': '.',
  'grouping-separator': ',',
  'exponent-separator': 'e',
  'minus-sign': '-',
  percent: '%',
  'per-mille': '\u2030',
  'zero-digit': '0',
  digit: '#',
  'pattern-separator': ';',
}
type Symbols = Record<keyof typeof defaultSymbols, string>

interface SubPicture {
  readonly text: string
  readonly prefix: string
  readonly suffix: string
  /** All between prefix and suffix. */
  readonly active: string
  readonly mantissa: string
  readonly integer: string
  readonly fraction: string
  readonly exponent: string | undefined
}

export function formatNumber(value: number, picture: string, options: Value, run: Run): string {
  checkPicture(picture, run)
  finite(value)
  const symbols = withOptions(options)
  const texts = symbols['pattern-separator'] === '' ? [picture] : picture.split(symbols['pattern-separator'])
  if (texts.length > 2) throw new Fault('D3080', {})
  const parts = texts.map((text) => readSubPicture(text, symbols))
  for (const part of parts) check(part, symbols)
  const [positive, negative] = parts
  if (positive === undefined) throw new Fault('D3085', {})
  if (value >= 0) return write(value, positive, symbols)
  if (negative !== undefined) return write(value, negative, symbols)
  return symbols['minus-sign'] + write(value, positive, symbols)
}

function withOptions(options: Value): Symbols {
  const symbols: Symbols = { ...defaultSymbols }
  if (!isObject(options)) return symbols
  for (const key of Object.keys(symbols) as (keyof Symbols)[]) {
    const own = Object.hasOwn(options, key) ? options[key] : undefined
    if (typeof own === 'string') symbols[key] = own
  }
  return symbols
}

function digitsOf(symbols: Symbols): string {
  const zero = symbols['zero-digit'].charCodeAt(0)
  return Array.from({ length: 10 }, (_item, digit) => String.fromCharCode(zero + digit)).join('')
}

function readSubPicture(text: string, symbols: Symbols): SubPicture {
  const isActive = (character: string) =>
    digitsOf(symbols).includes(character) ||
    [symbols['decimal-separator'], symbols['grouping-separator'], symbols.digit, symbols['pattern-separator']].includes(
      character,
    )
  const characters = text.split('')
  const first = characters.findIndex(isActive)
  const last = characters.findLastIndex(isActive)
  const prefix = first < 0 ? '' : text.slice(0, first)
  const suffix = last < 0 ? '' : text.slice(last + 1)
  const active = text.slice(prefix.length, text.length - suffix.length)
  const exponentAt = active.indexOf(symbols['exponent-separator'])
  const mantissa = exponentAt < 0 ? active : active.slice(0, exponentAt)
  const exponent = exponentAt < 0 ? undefined : active.slice(exponentAt + 1)
  const pointAt = mantissa.indexOf(symbols['decimal-separator'])
  const integer = pointAt < 0 ? mantissa : mantissa.slice(0, pointAt)
  const fraction = pointAt < 0 ? '' : mantissa.slice(pointAt + 1)
  return { text, prefix, suffix, active, mantissa, integer, fraction, exponent }
}

/** Of several mistakes JSONata names the one that it checks for last. */
function check(part: SubPicture, symbols: Symbols): void {
  const code = mistakes(part, symbols).at(-1)
  if (code !== undefined) throw new Fault(code, { value: part.text })
}

function mistakes(part: SubPicture, symbols: Symbols): string[] {
  const { text, integer, fraction, exponent } = part
  const digits = digitsOf(symbols)
  const grouping = symbols['grouping-separator']
  const hasTwo = (symbol: string) => text.indexOf(symbol) !== text.lastIndexOf(symbol)
  const hasPercent = text.includes(symbols.percent)
  const hasPerMille = text.includes(symbols['per-mille'])
  const pointAt = text.indexOf(symbols['decimal-separator'])
  const isDigit = (character: string) => digits.includes(character)
  const isActive = (character: string) =>
    isDigit(character) ||
    [symbols['decimal-separator'], symbols['exponent-separator'], grouping, symbols.digit].includes(character)
  const found: string[] = []
  const note = (isWrong: boolean, code: string) => {
    if (isWrong) found.push(code)
  }
  note(hasTwo(symbols['decimal-separator']), 'D3081')
  note(hasTwo(symbols.percent), 'D3082')
  note(hasTwo(symbols['per-mille']), 'D3083')
  note(hasPercent && hasPerMille, 'D3084')
  note(!part.mantissa.split('').some((character) => isDigit(character) || character === symbols.digit), 'D3085')
  note(!part.active.split('').every(isActive), 'D3086')
  note(pointAt >= 0 && (text.charAt(pointAt - 1) === grouping || text.charAt(pointAt + 1) === grouping), 'D3087')
  note(pointAt < 0 && integer.endsWith(grouping), 'D3088')
  note(text.includes(grouping + grouping), 'D3089')
  const firstOptional = integer.indexOf(symbols.digit)
  note(firstOptional >= 0 && integer.slice(0, firstOptional).split('').some(isDigit), 'D3090')
  const lastOptional = fraction.lastIndexOf(symbols.digit)
  note(lastOptional >= 0 && fraction.slice(lastOptional).split('').some(isDigit), 'D3091')
  note(exponent !== undefined && exponent !== '' && (hasPercent || hasPerMille), 'D3092')
  note(exponent !== undefined && (exponent === '' || !exponent.split('').every(isDigit)), 'D3093')
  return found
}

function write(value: number, part: SubPicture, symbols: Symbols): string {
  const digits = digitsOf(symbols)
  const count = (text: string, withOptional: boolean) =>
    text.split('').filter((character) => digits.includes(character) || (withOptional && character === symbols.digit))
      .length
  let leastInteger = count(part.integer, false)
  let leastFraction = count(part.fraction, false)
  let mostFraction = count(part.fraction, true)
  const scale = leastInteger
  if (leastInteger === 0 && mostFraction === 0) {
    if (part.exponent === undefined) leastInteger = 1
    else leastFraction = mostFraction = 1
  }
  if (part.exponent !== undefined && leastInteger === 0 && part.integer.includes(symbols.digit)) leastInteger = 1
  if (leastInteger === 0 && leastFraction === 0) leastFraction = 1

  const scaled = value * factor(part, symbols)
  const { mantissa, exponent } = part.exponent === undefined ? { mantissa: scaled, exponent: 0 } : split(scaled, scale)
  const [whole = '', rest = ''] = toDigits(round(mantissa, mostFraction), mostFraction).split('.')
  const integer = whole.replace(/^0+/, '').padStart(leastInteger, '0')
  const fraction = rest.replace(/0+$/, '').padEnd(leastFraction, '0')
  const localized = (text: string) => text.replace(/[0-9]/g, (digit) => digits.charAt(Number(digit)))

  let text = groupInteger(localized(integer), part.integer, symbols, count)
  if (fraction !== '')
    text += symbols['decimal-separator'] + groupFraction(localized(fraction), part.fraction, symbols, count)
  if (part.exponent !== undefined) {
    const sign = exponent < 0 ? symbols['minus-sign'] : ''
    const least = count(part.exponent, false)
    text += symbols['exponent-separator'] + sign + localized(String(Math.abs(exponent)).padStart(least, '0'))
  }
  return part.prefix + text + part.suffix
}

function factor(part: SubPicture, symbols: Symbols): number {
  if (part.text.includes(symbols.percent)) return 100
  return part.text.includes(symbols['per-mille']) ? 1000 : 1
}

/** Moves the point until as many digits stand before it as the picture has there. */
function split(value: number, scale: number): { mantissa: number; exponent: number } {
  let mantissa = value
  let exponent = 0
  while (mantissa !== 0 && Math.abs(mantissa) < 10 ** (scale - 1)) {
    mantissa *= 10
    exponent--
  }
  while (Math.abs(mantissa) > 10 ** scale) {
    mantissa /= 10
    exponent++
  }
  return { mantissa, exponent }
}

function toDigits(value: number, places: number): string {
  const magnitude = Math.abs(value)
  return magnitude >= 1e21 ? BigInt(magnitude).toString() : magnitude.toFixed(Math.min(places, 100))
}

type Count = (text: string, withOptional: boolean) => number

function groupInteger(digits: string, picture: string, symbols: Symbols, count: Count): string {
  const positions = positionsAfter(picture.split(symbols['grouping-separator']).reverse(), count)
  const interval = regularInterval(positions)
  return groupDigits(digits, interval > 0 ? interval : positions, symbols['grouping-separator'])
}

function groupFraction(digits: string, picture: string, symbols: Symbols, count: Count): string {
  const positions = new Set(positionsAfter(picture.split(symbols['grouping-separator']), count))
  const separate = (digit: string, at: number) => (positions.has(at) ? symbols['grouping-separator'] + digit : digit)
  return digits.split('').map(separate).join('')
}

/** How many digits stand up to the end of each piece but the last. */
function positionsAfter(pieces: readonly string[], count: Count): number[] {
  let total = 0
  return pieces.slice(0, -1).map((piece) => {
    total += count(piece, true)
    return total
  })
}
