import type { DefinitionSummary, DraftSummary } from '../api/api-types.ts'

export { isName, nameFrom } from '../drawing/definition-name.ts'

export interface DefinitionRow {
  readonly name: string
  readonly title: string | null
  /** Null: never deployed. */
  readonly deployed: DefinitionSummary | null
  readonly draft: DraftSummary | null
}

/** Deployed definitions and drafts that were never deployed, by title, as far as the words fit. */
export function definitionRows(
  definitions: readonly DefinitionSummary[],
  drafts: readonly DraftSummary[],
  words = '',
): DefinitionRow[] {
  const draftOf = new Map(drafts.map((draft) => [draft.name, draft]))
  const deployed = definitions.map(
    (one): DefinitionRow => ({ name: one.name, title: one.title, deployed: one, draft: draftOf.get(one.name) ?? null }),
  )
  const names = new Set(definitions.map((one) => one.name))
  const drawn = drafts
    .filter((draft) => !names.has(draft.name))
    .map((draft): DefinitionRow => ({ name: draft.name, title: null, deployed: null, draft }))
  const wanted = words.trim().toLowerCase()
  return [...deployed, ...drawn]
    .filter(({ name, title }) => `${name} ${title ?? ''}`.toLowerCase().includes(wanted))
    .sort((a, b) => (a.title ?? a.name).localeCompare(b.title ?? b.name))
}
