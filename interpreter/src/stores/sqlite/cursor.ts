// A page cursor is the key of the last item shown, in text that people don't try to write themselves.
// A checksum tells a changed one from one that we made; it is no secret, since a cursor opens no door that a filter doesn't.
import { createHash } from 'node:crypto'
import { InvalidCursor } from '../store.ts'

type Kind = 'instances' | 'definitions' | 'versions'
type Key = readonly (string | number)[]

const SUM_BYTES = 6

export function encodeCursor(kind: Kind, key: Key): string {
  const text = Buffer.from(JSON.stringify([kind, ...key]))
  return Buffer.concat([checksum(text), text]).toString('base64url')
}

/** Null: from the beginning. Throws InvalidCursor. */
export function decodeCursor(kind: Kind, cursor: string | null | undefined): Key | null {
  if (cursor === null || cursor === undefined) return null
  const bytes = Buffer.from(cursor, 'base64url')
  const text = bytes.subarray(SUM_BYTES)
  // Buffer.from skips what is not base64, hence the comparison of the whole.
  const ours = bytes.toString('base64url') === cursor && checksum(text).equals(bytes.subarray(0, SUM_BYTES))
  const [made, ...key]: Key = ours ? JSON.parse(text.toString()) : []
  if (made !== kind) throw new InvalidCursor(`Not a cursor of this list: ${cursor.slice(0, 100)}`)
  return key
}

function checksum(text: Buffer): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, SUM_BYTES)
}
