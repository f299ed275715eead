import { scanJson } from './json-scan.ts'

// Where the thing that a JSON Pointer names stands in the text, so that an editor or a command line can point at it.

export interface Location {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  /** From 0, in UTF-16 units. */
  readonly offset: number
}

/** `key`: where the property's name stands rather than its value. */
export type LocationPart = 'value' | 'key'

/** The place of the value; of the nearest value around it if the pointer leads nowhere. Undefined if the text is not JSON up to there. */
export function locate(text: string, pointer: string, part: LocationPart = 'value'): Location | undefined {
  return locator(text, [pointer])(pointer, part)
}

/** The same for many pointers at the price of one pass. */
export function locator(
  text: string,
  pointers: Iterable<string>,
): (pointer: string, part?: LocationPart) => Location | undefined {
  const wanted = new Set<string>()
  for (const pointer of pointers) for (const each of withAncestors(pointer)) wanted.add(each)
  const values = new Map<string, number>()
  const keys = new Map<string, number>()
  scanJson(text, {
    value: (pointer, offset) => wanted.has(pointer) && values.set(pointer, offset),
    key: (pointer, offset) => wanted.has(pointer) && keys.set(pointer, offset),
  })
  return (pointer, part = 'value') => {
    for (const each of withAncestors(pointer)) {
      const offset = (part === 'key' ? keys.get(each) : undefined) ?? values.get(each)
      if (offset !== undefined) return locationAt(text, offset)
    }
    return undefined
  }
}

export function locationAt(text: string, offset: number): Location {
  let line = 1
  let lineStart = 0
  for (let at = 0; at < offset; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) {
      line += 1
      lineStart = at + 1
    }
  }
  return { line, column: offset - lineStart + 1, offset }
}

/** The offset in the text of a character of a string's value: escapes take more room in the text than in the value. */
export function offsetInString(text: string, stringStart: number, position: number): number {
  let at = stringStart + 1
  for (let passed = 0; passed < position && text[at] !== '"' && at < text.length; passed += 1)
    at += text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2
  return at
}

function* withAncestors(pointer: string): Generator<string> {
  for (let each = pointer; ; each = each.slice(0, each.lastIndexOf('/'))) {
    yield each
    if (each === '') return
  }
}
