import type { NewItem } from './new-item.ts'

/** Every word has to be said somewhere: what says them in its title comes first, then what is also called that. */
export function matchingItems(items: readonly NewItem[], text: string): readonly NewItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return items
  const ranked = items.map((item) => [item, rankOf(item, words)] as const).filter(([, rank]) => rank < tooFar)
  return ranked.sort(([, a], [, b]) => a - b).map(([item]) => item)
}

const tooFar = 4

function rankOf(item: NewItem, words: readonly string[]): number {
  const title = item.title.toLowerCase()
  const names = item.words?.split(' ') ?? []
  if (words.every((word) => title.startsWith(word))) return 0
  if (words.every((word) => title.includes(word))) return 1
  if (words.every((word) => names.some((name) => name.startsWith(word)))) return 2
  const all = `${title} ${item.key} ${item.summary} ${item.words ?? ''}`.toLowerCase()
  return words.every((word) => all.includes(word)) ? 3 : tooFar
}
