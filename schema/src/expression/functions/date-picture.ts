import { Fault } from '../fault.ts'
import type { Run } from '../run.ts'
import { type IntegerPicture, readIntegerPicture } from './integer-picture.ts'
import { checkPicture } from './picture.ts'

// Date pictures as in XPath's format-dateTime: text with markers such as [Y0001], [MNn,3-3] or [D1o].

export const isoPicture = '[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]'

export type DatePart = string | DateMarker

export interface DateMarker {
  readonly component: string
  /** Set where the component is written as a name. */
  readonly nameCase: 'upper' | 'lower' | 'title' | undefined
  readonly integer: IntegerPicture | undefined
  readonly mostCharacters: number | undefined
  /** Years are written with their last so many digits. */
  readonly yearDigits: number | undefined
  /** A zero offset is written as Z. */
  readonly writesZulu: boolean
  /** How many digits belong to it where the next marker follows without text between. */
  width: number | undefined
}

const defaultPresentations: Readonly<Record<string, string>> = {
  Y: '1',
  M: '1',
  D: '1',
  d: '1',
  F: 'n',
  W: '1',
  w: '1',
  X: '1',
  x: '1',
  H: '1',
  h: '1',
  P: 'n',
  m: '01',
  s: '01',
  f: '1',
  Z: '01:01',
  z: '01:01',
  C: 'n',
  E: 'n',
}

export function readDatePicture(picture: string, run: Run): readonly DatePart[] {
  checkPicture(picture, run)
  const parts: DatePart[] = []
  let position = 0
  while (position < picture.length) {
    const open = picture.indexOf('[', position)
    const end = open < 0 ? picture.length : open
    if (end > position) parts.push(picture.slice(position, end).replaceAll(']]', ']'))
    if (open < 0) break
    if (picture.charAt(open + 1) === '[') {
      parts.push('[')
      position = open + 2
      continue
    }
    const close = picture.indexOf(']', open)
    if (close < 0) throw new Fault('D3135', {})
    addMarker(parts, readMarker(picture.slice(open + 1, close).replace(/\s+/g, '')))
    position = close + 1
  }
  return parts
}

/** Where digits follow digits, the first ones can only be told apart by their number. */
function addMarker(parts: DatePart[], marker: DateMarker): void {
  const previous = parts.at(-1)
  if (isCounted(marker) && typeof previous === 'object' && previous.integer?.type === 'digits' && isCounted(previous)) {
    previous.width = previous.integer.leastDigits
  }
  parts.push(marker)
}

const isCounted = (marker: DateMarker) => marker.nameCase === undefined && 'YMDdFWwXxHhmsf'.includes(marker.component)

function readMarker(text: string): DateMarker {
  const component = text.charAt(0)
  const comma = text.lastIndexOf(',')
  const widths = comma < 0 ? undefined : readWidths(text.slice(comma + 1))
  const written = comma < 0 ? text.slice(1) : text.slice(1, comma)
  const modifier = written.length > 1 && 'atco'.includes(written.charAt(written.length - 1)) ? written.slice(-1) : ''
  const fallback = Object.hasOwn(defaultPresentations, component) ? defaultPresentations[component] : undefined
  const presentation = written === '' ? fallback : written.slice(0, written.length - modifier.length)
  if (presentation === undefined || component === '') throw new Fault('D3132', { value: component })
  const nameCase = readNameCase(presentation)
  const integer = nameCase === undefined ? readInteger(component, presentation, modifier, widths?.least) : undefined
  const years = component === 'Y' && integer?.type === 'digits' ? readYearDigits(integer, widths?.most) : undefined
  return {
    component,
    nameCase,
    integer,
    mostCharacters: widths?.most,
    yearDigits: years,
    writesZulu: modifier === 't',
    width: undefined,
  }
}

function readWidths(text: string): { readonly least: number | undefined; readonly most: number | undefined } {
  const [least, most] = text.split('-')
  const read = (width: string | undefined) => {
    const number = Number.parseInt(width ?? '', 10)
    return Number.isNaN(number) ? undefined : Math.min(number, 100)
  }
  return { least: read(least), most: read(most) }
}

function readNameCase(presentation: string): DateMarker['nameCase'] {
  if (presentation.startsWith('n')) return 'lower'
  if (!presentation.startsWith('N')) return undefined
  return presentation.charAt(1) === 'n' ? 'title' : 'upper'
}

function readInteger(
  component: string,
  presentation: string,
  modifier: string,
  least: number | undefined,
): IntegerPicture | undefined {
  if (component === 'Z' || component === 'z') return readIntegerPicture(presentation)
  if (!'YMDdFWwXxHhmsf'.includes(component)) return undefined
  const integer = readIntegerPicture(modifier === '' ? presentation : `${presentation};${modifier}`)
  if (integer.type === 'digits') integer.leastDigits = Math.max(integer.leastDigits, least ?? 0)
  return integer
}

function readYearDigits(
  integer: Extract<IntegerPicture, { type: 'digits' }>,
  most: number | undefined,
): number | undefined {
  if (most !== undefined) {
    integer.leastDigits = most
    return most
  }
  const digits = integer.leastDigits + integer.optionalDigits
  return digits >= 2 ? digits : undefined
}
