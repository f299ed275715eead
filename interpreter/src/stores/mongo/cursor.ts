// Page cursors: the sort key of the last item, with a kind and a check sum, so that a cursor of another list or a changed
// one is refused. They hold nothing secret, and a well-made forgery does no harm: it only names a place in a list.
import { createHash } from 'node:crypto'
import { InvalidCursor } from '../store.ts'

export type CursorKind = 'instances' | 'definitions' | 'versions'
type Key = readonly (string | number)[]

export function cursorOf(kind: CursorKind, key: Key): string {
  const text = JSON.stringify(key)
  return Buffer.from(`${checkSum(kind, text)}${text}`).toString('base64url')
}

export function readCursor(kind: CursorKind, cursor: string, types: readonly ('string' | 'number')[]): Key {
  const bytes = Buffer.from(cursor, 'base64url')
  const content = bytes.toString()
  const text = content.slice(SUM_LENGTH)
  const isOurs = bytes.toString('base64url') === cursor && content.slice(0, SUM_LENGTH) === checkSum(kind, text)
  if (!isOurs) throw new InvalidCursor('This page cursor was not made for this list.')
  const key: unknown = JSON.parse(text)
  if (!isKey(key) || types.some((type, index) => typeof key[index] !== type)) {
    throw new InvalidCursor('This page cursor was not made for this list.')
  }
  return key
}

const SUM_LENGTH = 10

function checkSum(kind: CursorKind, text: string): string {
  return createHash('sha256').update(`durable-canvas mongo ${kind} ${text}`).digest('base64url').slice(0, SUM_LENGTH)
}

function isKey(value: unknown): value is Key {
  return Array.isArray(value) && value.every((part) => typeof part === 'string' || typeof part === 'number')
}
