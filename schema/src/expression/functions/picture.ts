import { Fault } from '../fault.ts'
import type { Run } from '../run.ts'

// What pictures for numbers, integers and dates have in common.

const pictureLimit = 1_000

/** A picture is read several times over, so a long one is refused, and any costs more than its length. */
export function checkPicture(picture: string, run: Run): void {
  if (picture.length > pictureLimit) throw new Fault('D9001', { value: pictureLimit })
  run.charge(40 + 2 * picture.length)
}

/** The distance between grouping separators, counted from the right; 0 where they are not evenly spaced. */
export function regularInterval(positions: readonly number[]): number {
  if (positions.length === 0) return 0
  const interval = positions.reduce(greatestCommonDivisor)
  const known = new Set(positions)
  return positions.every((_position, at) => known.has((at + 1) * interval)) ? interval : 0
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** Separates digits at an interval, or at the positions given, all counted from the right. */
export function groupDigits(
  digits: string,
  places: number | readonly number[],
  separator: string | ((position: number) => string),
): string {
  const characters = Array.from(digits)
  const positions = new Set(typeof places === 'number' ? [] : places)
  const separates = (left: number) => (typeof places === 'number' ? left % places === 0 : positions.has(left))
  return characters
    .map((digit, at) => {
      const left = characters.length - at
      if (at === 0 || !separates(left)) return digit
      return (typeof separator === 'string' ? separator : separator(left)) + digit
    })
    .join('')
}
