import { RE2JS } from 're2js'
import { MeteredText } from '../closures/metered-text.ts'
import { Fault } from '../fault.ts'
import type { Run } from '../run.ts'
import type { Value } from '../value.ts'
import { componentOf } from './date-components.ts'
import { type DateMarker, type DatePart, readDatePicture } from './date-picture.ts'
import { namesOf } from './date-writing.ts'
import { integerPattern, readInteger } from './integer-picture.ts'

type Components = Map<string, number | undefined>

/** Undefined where the text is not what the picture writes. Missing larger components are those of now. */
export function parseDate(text: string, picture: string, run: Run): Value {
  const parts = readDatePicture(picture, run)
  const components = readComponents(text, parts, run)
  if (components === undefined || components.size === 0) return undefined
  return toMillis(components, new Date(run.millis))
}

/** By a linear-time regular expression, since a picture may repeat words and digits in ways that explode elsewhere. */
function readComponents(text: string, parts: readonly DatePart[], run: Run): Components | undefined {
  const source = parts.map((part) => `(${typeof part === 'string' ? RE2JS.quote(part) : patternOf(part)})`).join('')
  run.charge(500 + 6 * source.length)
  const pattern = RE2JS.compile(`^${source}$`, RE2JS.CASE_INSENSITIVE)
  const matcher = pattern.matcher(new MeteredText(text, pattern.programSize(), run) as unknown as string)
  if (!matcher.find()) return undefined
  const components: Components = new Map()
  parts.forEach((part, at) => {
    if (typeof part !== 'string') components.set(part.component, read(part, matcher.group(at + 1) ?? ''))
  })
  return components
}

function patternOf(marker: DateMarker): string {
  if (marker.component === 'Z' || marker.component === 'z') {
    const separator = offsetSeparator(marker)
    const digits = separator === undefined ? '[0-9]+' : `[0-9]+${RE2JS.quote(separator)}[0-9]+`
    return `${marker.component === 'z' ? 'GMT' : ''}[-+]${digits}`
  }
  if (marker.component === 'f') return '[0-9]+'
  if (marker.integer !== undefined) return integerPattern(marker.integer, marker.width)
  if (marker.component !== 'P') namesOf(marker.component)
  return '[a-zA-Z]+'
}

function offsetSeparator({ integer }: DateMarker): string | undefined {
  return integer?.type === 'digits' && integer.interval > 0 ? integer.separators.get(integer.interval) : undefined
}

function read(marker: DateMarker, text: string): number | undefined {
  if (marker.component === 'Z' || marker.component === 'z') return readOffset(marker, text)
  if (marker.component === 'f') return Number(text.slice(0, 3).padEnd(3, '0'))
  if (marker.integer !== undefined) return readInteger(text, marker.integer)
  if (marker.component === 'P') return { am: 0, AM: 0, pm: 1, PM: 1 }[text]
  const names = namesOf(marker.component).map((name) => name.slice(0, marker.mostCharacters))
  const at = names.indexOf(text)
  return at < 0 ? undefined : at + 1
}

/** Minutes east of UTC. */
function readOffset(marker: DateMarker, text: string): number {
  const signed = marker.component === 'z' ? text.slice(3) : text
  const separator = offsetSeparator(marker)
  const digits = signed.slice(1)
  const splitAt = separator === undefined ? Math.min(2, digits.length) : digits.indexOf(separator)
  const minutes = Number(digits.slice(splitAt).replace(/\D/g, '') || 0)
  const offset = Number(digits.slice(0, splitAt)) * 60 + minutes
  return signed.startsWith('-') ? -offset : offset
}

/** Which components stand together, the larger ones first. */
function toMillis(components: Components, now: Date): number {
  const has = (letters: string) => letters.split('').some((letter) => components.get(letter) !== undefined)
  if (has('XxWw')) throw new Fault('D3136', {})
  const isDayOfYear = has('d') && !has('MD')
  const isHalfDay = has('hP') && !has('H')
  fillIn(components, `${isDayOfYear ? 'Yd' : 'YMD'}${isHalfDay ? 'Phmsf' : 'Hmsf'}`, now)
  const value = (letter: string) => components.get(letter) ?? 0
  const hour = isHalfDay ? (value('h') % 12) + (value('P') === 1 ? 12 : 0) : value('H')
  const month = isDayOfYear ? 0 : Math.max(0, value('M') - 1)
  const dayOfMonth = isDayOfYear ? value('d') : value('D')
  const millis = Date.UTC(value('Y'), month, dayOfMonth, hour, value('m'), value('s'), value('f'))
  return millis - (components.get('Z') || components.get('z') || 0) * 60_000
}

/** Larger than what is given: as it is now. Smaller: at its start. A gap between is an error. */
function fillIn(components: Components, order: string, now: Date): void {
  let hasBegun = false
  let hasEnded = false
  for (const letter of order) {
    if (components.get(letter) !== undefined) {
      if (hasEnded) throw new Fault('D3136', {})
      hasBegun = true
    } else if (hasBegun) {
      components.set(letter, 'MDd'.includes(letter) ? 1 : 0)
      hasEnded = true
    } else components.set(letter, componentOf(now, letter))
  }
}
