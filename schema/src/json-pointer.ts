// JSON Pointers (RFC 6901), and the step that a pointer into a definition belongs to.

export const escapePointer = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1')

/** `pointerOf('/steps', 'a/b', 0)` → `/steps/a~1b/0` */
export function pointerOf(base: string, ...segments: readonly (string | number)[]): string {
  let pointer = base
  for (const segment of segments) pointer += `/${escapePointer(String(segment))}`
  return pointer
}

/** The unescaped segments; the empty pointer has none. */
export function pointerSegments(pointer: string): string[] {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What the pointer points at, among own properties; undefined if there is nothing. */
export function resolvePointer(document: unknown, pointer: string): unknown {
  let value = document
  for (const segment of pointerSegments(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined
    value = (value as Record<string, unknown>)[segment]
  }
  return value
}

export interface StepPlace {
  /** Pointer of the innermost step that the pointer lies in. */
  readonly pointer: string
  /** Its path, as in `Problem.step`: `each/charge`, `fork[left]/wait`. */
  readonly path: string
}

/** Undefined for pointers that lie in no step. Needs no document, so that it also serves documents that are out of shape. */
export function stepAt(pointer: string): StepPlace | undefined {
  const segments = pointerSegments(pointer)
  let path = ''
  let used = 0
  let found: StepPlace | undefined
  while (segments[used] === 'steps') {
    const id = segments[used + 1]
    if (id === undefined) break
    path = path === '' ? id : `${path}/${id}`
    used += 2
    found = { path, pointer: pointerOf('', ...segments.slice(0, used)) }
    const branch = segments[used] === 'branches' ? segments[used + 1] : undefined
    if (branch !== undefined) {
      path += `[${branch}]`
      used += 2
    } else if (segments[used] === 'body') used += 1
  }
  return found
}
