import { Fault } from '../fault.ts'
import type { Run } from '../run.ts'

// What pictures for numbers, integers and dates have in common.

const pictureLimit = 1_000

/** A picture is read many times over, so a long one is refused, and any costs as much as it is long. */
export function checkPicture(picture: string, run: Run): void {
  if (picture.length > pictureLimit) throw new Fault('D9001', { value: pictureLimit })
  run.charge(8 + picture.length)
}

/** The distance between grouping separators, counted from the right; 0 where they are not evenly spaced. */
export function regularInterval(positions: readonly number[]): number {
  if (positions.length === 0) return 0
  const interval = positions.reduce(greatestCommonDivisor)
  return positions.every((_position, at) => positions.includes((at + 1) * interval)) ? interval : 0
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
  const separates = (left: number) => (typeof places === 'number' ? left % places === 0 : places.includes(left))
  return characters
    .map((digit, at) => {
      const left = characters.length - at
      if (at === 0 || !separates(left)) return digit
      return (typeof separator === 'string' ? separator : separator(left)) + digit
    })
    .join('')
}
