// Changing an expression at the places where it reads something, and nowhere else.
import { isWhole, type Member, type Read, type Reads, signAfter, written } from './expression-reads.ts'

export interface Cut {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The first field of the input that is named, and what follows it. */
export function firstName(
  { text }: Reads,
  { name, isInput, end, members }: Read,
): (Member & { readonly hasMore: boolean }) | undefined {
  const [first, second] = members
  if (isInput && !name.startsWith('$')) return { name, end, next: signAfter(text, end), hasMore: first !== undefined }
  return first && { ...first, hasMore: second !== undefined }
}

/** A bare name keeps its place behind what it is a name of. */
export const withName = (reference: string, { name, isInput }: Read): string =>
  isInput && !name.startsWith('$') ? `${reference}.${written(name)}` : reference

/** Where nothing gives what null gives. */
export const isForgiving = (reads: Reads, { start, end, members }: Read): boolean =>
  members.length > 0 || isWhole(reads, start, end)

export function cutOut(text: string, cuts: readonly Cut[]): string {
  return [...cuts]
    .sort((a, b) => b.start - a.start)
    .reduce((left, cut) => left.slice(0, cut.start) + cut.text + left.slice(cut.end), text)
}
