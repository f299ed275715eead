// Paths name executions of steps: `charge`, `each[3]/charge`, `poll#17` (the 17th visit), `fork[left]/wait`.
// A frame's path is its container step's path, with `[key]` for a branch or an item.

export const stepPath = (framePath: string, step: string, visit: number): string => {
  const local = visit === 1 ? step : `${step}#${visit}`
  return framePath === '' ? local : `${framePath}/${local}`
}

export const framePathOf = (path: string): string => {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

export interface LocalStep {
  readonly step: string
  readonly visit: number
}

/** The last part of a step's path. */
export const localStep = (path: string): LocalStep => {
  const local = path.slice(path.lastIndexOf('/') + 1)
  const hash = local.indexOf('#')
  return hash < 0 ? { step: local, visit: 1 } : { step: local.slice(0, hash), visit: Number(local.slice(hash + 1)) }
}

/** `each[3]` → container `each`, key `3`; a path without a key at its end is a step's own. */
export const splitKey = (path: string): { readonly container: string; readonly key: string } | null => {
  if (!path.endsWith(']')) return null
  const open = path.lastIndexOf('[')
  return { container: path.slice(0, open), key: path.slice(open + 1, -1) }
}

/** Without visit numbers and item indexes: the place in the document. `each#2[3]/charge` → `each/charge`; branches keep their name. */
export const staticPath = (path: string): string => path.replace(/#\d+/g, '').replace(/\[\d+\]/g, '')
