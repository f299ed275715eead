// A static path names a box: the ids from the root joined by "/", a branch in brackets: `charge`, `each/charge`,
// `fork[left]/wait`. A scope is named by what owns it: '' the document, `each` its body, `fork[left]` a branch.
// Ids that could be mistaken for that grammar (only possible in a document that is not valid) are escaped.
import type { JsonPath } from './json.ts'

export const rootScope = ''
export const startName = '@start'

const escapeId = (id: string): string =>
  id === '' ? '%' : id.replace(/[%/[\]@]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)

const unescapeId = (text: string): string =>
  text === '%'
    ? ''
    : text.replace(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

export function stepPath(scope: string, id: string): string {
  return scope === rootScope ? escapeId(id) : `${scope}/${escapeId(id)}`
}

export function branchScope(path: string, branch: string): string {
  return `${path}[${escapeId(branch)}]`
}

/** The start marker of a scope is a box too: it has a place and one edge. */
export function startPath(scope: string): string {
  return scope === rootScope ? startName : `${scope}/${startName}`
}

export function isStartPath(path: string): boolean {
  return path === startName || path.endsWith(`/${startName}`)
}

export function scopeOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? rootScope : path.slice(0, slash)
}

export function idOf(path: string): string {
  return unescapeId(path.slice(path.lastIndexOf('/') + 1))
}

/** The step that holds the scope, or undefined for the document. */
export function ownerOf(scope: string): string | undefined {
  if (scope === rootScope) return undefined
  return scope.endsWith(']') ? scope.slice(0, scope.lastIndexOf('[')) : scope
}

export function branchOf(scope: string): string | undefined {
  return scope.endsWith(']') ? unescapeId(scope.slice(scope.lastIndexOf('[') + 1, -1)) : undefined
}

export function scopePointer(scope: string): JsonPath {
  const owner = ownerOf(scope)
  if (owner === undefined) return []
  const branch = branchOf(scope)
  return [...stepPointer(owner), ...(branch === undefined ? ['body'] : ['branches', branch])]
}

export function stepPointer(path: string): JsonPath {
  return [...scopePointer(scopeOf(path)), 'steps', idOf(path)]
}

/** Whether the path stands inside of the other one, at any depth. */
export function isWithin(path: string, ancestor: string): boolean {
  return path.startsWith(`${ancestor}/`) || path.startsWith(`${ancestor}[`)
}

/** All scopes from the root to the one that the path stands in. */
export function enclosingScopes(path: string): string[] {
  const scopes: string[] = []
  for (let scope: string | undefined = scopeOf(path); ; ) {
    scopes.unshift(scope)
    const owner = ownerOf(scope)
    if (owner === undefined) return scopes
    scope = scopeOf(owner)
  }
}

/** The path after its ancestor was given another one; undefined if it stands elsewhere. */
export function movedPath(path: string, from: string, to: string): string | undefined {
  if (path === from) return to
  return isWithin(path, from) ? `${to}${path.slice(from.length)}` : undefined
}

/** The step that a JSON Pointer leads to or into, and the rest of the pointer inside of it. */
export function stepOfPointer(pointer: readonly string[]): { path: string; rest: readonly string[] } | undefined {
  let scope = rootScope
  let found: { path: string; rest: readonly string[] } | undefined
  let rest = pointer
  for (;;) {
    const id = rest[1]
    if (rest[0] !== 'steps' || id === undefined) return found
    const path = stepPath(scope, id)
    rest = rest.slice(2)
    found = { path, rest }
    if (rest[0] === 'body') {
      scope = path
      rest = rest.slice(1)
    } else if (rest[0] === 'branches' && rest[1] !== undefined) {
      scope = branchScope(path, rest[1])
      rest = rest.slice(2)
    } else return found
  }
}
