import type { BuiltIns } from '../built-in.ts'
import { Fault } from '../fault.ts'
import type { Run } from '../run.ts'
import type { Value } from '../value.ts'
import { parseDate } from './date-parsing.ts'
import { isoPicture, readDatePicture } from './date-picture.ts'
import { writeDate } from './date-writing.ts'
import { built, onText } from './strings.ts'

export const dateFunctions: BuiltIns = {
  now: {
    signature: '<s?s?:s>',
    arity: 2,
    call: ([picture, timezone], run) => formatMillis(run.millis, picture, timezone, run),
  },
  millis: { signature: '<:n>', arity: 0, call: (_args, run) => run.millis },
  fromMillis: {
    signature: '<n-s?s?:s>',
    arity: 3,
    call: ([millis, picture, timezone], run) =>
      typeof millis === 'number' ? formatMillis(millis, picture, timezone, run) : undefined,
  },
  toMillis: { signature: '<s-s?:n>', arity: 2, call: onText((text, [, picture], run) => toMillis(text, picture, run)) },
}

function formatMillis(millis: number, picture: Value, timezone: Value, run: Run): string {
  const offset = timezone === undefined ? 0 : readOffset(String(timezone))
  const date = new Date(millis + offset * 60_000)
  if (Number.isNaN(date.getTime())) throw new Fault('D1001', { value: String(millis) })
  const parts = readDatePicture(picture === undefined ? isoPicture : String(picture), run)
  return built(writeDate(date, parts, offset, run), run)
}

/** Minutes east of UTC, from a text such as +0530. */
function readOffset(timezone: string): number {
  const hundreds = Number.parseInt(timezone, 10)
  if (Number.isNaN(hundreds)) throw new Fault('D3134', { value: timezone })
  return Math.trunc(hundreds / 100) * 60 + (hundreds % 100)
}

const isoTimestamp = /^\d{4}(-[01]\d)?(-[0-3]\d)?(T[0-2]\d:[0-5]\d:[0-5]\d)?(\.\d+)?([+-][0-2]\d:?[0-5]\d|Z)?$/

function toMillis(text: string, picture: Value, run: Run): Value {
  if (picture !== undefined) return parseDate(text, String(picture), run)
  if (!isoTimestamp.test(text)) throw new Fault('D3110', { value: text })
  return Date.parse(text)
}
