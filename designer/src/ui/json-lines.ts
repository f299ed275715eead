// A JSON value as the lines of a foldable tree. Only what is unfolded becomes lines, and of a long list only the first
// hundred, so that a value of megabytes costs no more than what is looked at.
import type { Json } from '@durable-canvas/schema'

export interface JsonLine {
  /** JSON Pointer; "" is the whole value. */
  readonly pointer: string
  readonly depth: number
  readonly name: string | null
  readonly value: Json
  /** How many entries it has; null for a leaf. */
  readonly size: number | null
  readonly isOpen: boolean
  /** This line stands for entries not shown yet. */
  readonly hidden: number
}

/** Whether the person has folded or unfolded what the pointer names; where nothing is said the depth decides. */
export type Folds = ReadonlyMap<string, boolean>

export interface LinesOptions {
  readonly folds?: Folds
  /** Unfolded to this depth by itself. */
  readonly openDepth?: number
  /** How many entries of the pointer are shown. */
  readonly shown?: ReadonlyMap<string, number>
}

export const pageSize = 100

const escapePointer = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

export function sizeOf(value: Json): number | null {
  if (value === null || typeof value !== 'object') return null
  return Array.isArray(value) ? value.length : Object.keys(value).length
}

export function jsonLines(
  value: Json,
  { folds = new Map(), openDepth = 1, shown = new Map() }: LinesOptions = {},
): JsonLine[] {
  const lines: JsonLine[] = []
  const add = (name: string | null, one: Json, pointer: string, depth: number) => {
    const size = sizeOf(one)
    const isOpen = size !== null && size > 0 && (folds.get(pointer) ?? (depth < openDepth && size <= pageSize))
    lines.push({ pointer, depth, name, value: one, size, isOpen, hidden: 0 })
    if (!isOpen || one === null || typeof one !== 'object') return
    const names = Object.keys(one)
    const most = shown.get(pointer) ?? pageSize
    for (const child of names.slice(0, most))
      add(child, (one as Record<string, Json>)[child] ?? null, `${pointer}/${escapePointer(child)}`, depth + 1)
    if (names.length > most)
      lines.push({
        pointer: `${pointer}/…`,
        depth: depth + 1,
        name: null,
        value: null,
        size: null,
        isOpen: false,
        hidden: names.length - most,
      })
  }
  add(null, value, '', 0)
  return lines
}

/** What a folded value holds, in a few words: `{ id, total, … }`, `[12 items]`. */
export function preview(value: Json): string {
  if (Array.isArray(value))
    return value.length === 0 ? '[]' : `[${value.length} ${value.length === 1 ? 'item' : 'items'}]`
  const names = Object.keys(value as object)
  if (names.length === 0) return '{}'
  const few = names.slice(0, 4).join(', ')
  return `{ ${few.length > 48 ? `${few.slice(0, 47)}…` : few}${names.length > 4 ? ', …' : ''} }`
}
