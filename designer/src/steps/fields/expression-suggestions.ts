// What could be meant by the word at the caret: names in reach with the fields of their schemas, and functions.
import { type CatalogueEntry, functionCatalogue } from '@durable-canvas/schema'
import type { Named } from '../../drawing/names-in-reach.ts'
import { wordBefore } from './expression-tokens.ts'

export interface Suggestion {
  /** As it is put in; of a function without the parentheses. */
  readonly text: string
  /** Without what stands there already, up to the last dot; a function with its signature. */
  readonly shown: string
  readonly detail: string
  readonly isFunction: boolean
}

const most = 40

export function suggestionsFor(names: readonly Named[], source: string, caret: number): Suggestion[] {
  const { word } = wordBefore(source, caret)
  if (word === '') return []
  const typed = word.toLowerCase()
  const bare = typed.replace(/^\$/, '')
  const base = word.slice(0, word.lastIndexOf('.') + 1)
  const known = names.map(
    ({ text, detail }): Suggestion => ({
      text,
      shown: text.startsWith(base) ? text.slice(base.length) : text,
      detail,
      isFunction: false,
    }),
  )
  const all = [...known, ...functions]
  const starts = all.filter(({ text }) => text.toLowerCase().startsWith(typed))
  const holds =
    bare === ''
      ? []
      : all.filter(({ text }) => !text.toLowerCase().startsWith(typed) && text.toLowerCase().includes(bare))
  // What is one step away comes before what is further down.
  const depth = ({ shown }: Suggestion) => shown.split('.').length
  const near = starts.toSorted((a, b) => Number(a.isFunction) - Number(b.isFunction) || depth(a) - depth(b))
  return [...near, ...holds].filter(({ text }) => text !== word).slice(0, most)
}

const functions: readonly Suggestion[] = functionCatalogue.map(({ name, signature, summary }) => ({
  text: `$${name}`,
  shown: signature,
  detail: summary,
  isFunction: true,
}))

export const functionCalled = (name: string): CatalogueEntry | undefined =>
  functionCatalogue.find((entry) => `$${entry.name}` === name)

/** `$substring(text?, start, length?)` → its head, and each argument by itself. */
export function signatureParts(signature: string): { readonly head: string; readonly arguments: readonly string[] } {
  const open = signature.indexOf('(')
  const inside = signature.slice(open + 1, -1)
  return { head: signature.slice(0, open), arguments: inside === '' ? [] : inside.split(', ') }
}
