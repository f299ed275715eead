// Paths of history name executions of steps: `charge`, `each[3]/charge`, `poll#17`, `fork[left]/wait`.

/** What a path stands in: `each[3]/charge` → `each[3]` → `each` → null. */
export function parentPath(path: string): string | null {
  if (path.endsWith(']')) return path.slice(0, path.lastIndexOf('['))
  const slash = path.lastIndexOf('/')
  return slash < 0 ? null : path.slice(0, slash)
}

/** The place in the document: without visit numbers and item indexes; branches keep their name. */
export const staticPathOf = (path: string): string => path.replace(/#\d+/g, '').replace(/\[\d+\]/g, '')

export interface LocalName {
  /** The step's id. */
  readonly id: string
  /** 1 for the first. */
  readonly visit: number
  /** The branch or the item's index, if the path ends with one. */
  readonly key: string | null
}

/** The last part of a path: `each/poll#2[3]` → poll, 2, "3". */
export function localName(path: string): LocalName {
  const last = path.slice(path.lastIndexOf('/') + 1)
  const open = last.endsWith(']') ? last.lastIndexOf('[') : -1
  const step = open < 0 ? last : last.slice(0, open)
  const hash = step.indexOf('#')
  return {
    id: hash < 0 ? step : step.slice(0, hash),
    visit: hash < 0 ? 1 : Number(step.slice(hash + 1)),
    key: open < 0 ? null : last.slice(open + 1, -1),
  }
}

/** How people read it: `poll#17` → "poll, visit 17"; `each[3]` → "each, item 3". */
export function pathText(path: string): string {
  const { id, visit, key } = localName(path)
  const visitText = visit > 1 ? ` · visit ${visit}` : ''
  if (key === null) return `${id}${visitText}`
  return /^\d+$/.test(key) ? `item ${key}` : key
}
