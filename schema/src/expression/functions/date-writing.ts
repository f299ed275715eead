import { Fault } from '../fault.ts'
import type { Run } from '../run.ts'
import { componentOf, dayNames, monthNames } from './date-components.ts'
import type { DateMarker, DatePart } from './date-picture.ts'
import { writeInteger } from './integer-picture.ts'

/** The offset, in minutes, has been added to the date already; it is only to be written. */
export function writeDate(date: Date, parts: readonly DatePart[], offset: number, run: Run): string {
  return parts.map((part) => (typeof part === 'string' ? part : writeMarker(date, part, offset, run))).join('')
}

function writeMarker(date: Date, marker: DateMarker, offset: number, run: Run): string {
  switch (marker.component) {
    case 'Z':
    case 'z':
      return writeOffset(marker, offset, run)
    case 'P': {
      const text = componentOf(date, 'P') === 1 ? 'pm' : 'am'
      return marker.nameCase === 'upper' ? text.toUpperCase() : text
    }
    case 'C':
    case 'E':
      return 'ISO'
    default:
      return marker.nameCase === undefined ? writeNumber(date, marker, run) : writeName(date, marker)
  }
}

function writeNumber(date: Date, marker: DateMarker, run: Run): string {
  const value = componentOf(date, marker.component)
  const shown = marker.yearDigits === undefined ? value : value % 10 ** marker.yearDigits
  if (marker.integer === undefined) throw new Fault('D3132', { value: marker.component })
  return writeInteger(shown, marker.integer, run)
}

function writeName(date: Date, marker: DateMarker): string {
  const names = namesOf(marker.component)
  const name = names[componentOf(date, marker.component) - 1] ?? ''
  return changeCase(name, marker.nameCase).slice(0, marker.mostCharacters)
}

/** Months and days of the week have names; nothing else has. */
export function namesOf(component: string): readonly string[] {
  if (component === 'M' || component === 'x') return monthNames
  if (component === 'F') return dayNames
  throw new Fault('D3133', { value: component })
}

function changeCase(name: string, nameCase: DateMarker['nameCase']): string {
  if (nameCase === 'upper') return name.toUpperCase()
  return nameCase === 'lower' ? name.toLowerCase() : name
}

function writeOffset(marker: DateMarker, offset: number, run: Run): string {
  if (offset === 0 && marker.writesZulu) return 'Z'
  const prefix = (marker.component === 'z' ? 'GMT' : '') + (offset >= 0 ? '+' : '')
  return prefix + writeOffsetDigits(marker, offset, run)
}

function writeOffsetDigits({ integer }: DateMarker, offset: number, run: Run): string {
  const hours = Math.trunc(offset / 60)
  const minutes = offset % 60
  if (integer?.type !== 'digits') throw new Fault('D3134', {})
  const isShort = integer.interval === 0 && integer.leastDigits <= 2
  if (integer.interval === 0 && integer.leastDigits > 4) throw new Fault('D3134', { value: integer.leastDigits })
  if (!isShort) return writeInteger(hours * 100 + minutes, integer, run)
  const text = writeInteger(hours, integer, run)
  return minutes === 0 ? text : `${text}:${String(Math.abs(minutes)).padStart(2, '0')}`
}
