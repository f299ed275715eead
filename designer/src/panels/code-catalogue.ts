// What the code view knows beside the text: activities, definitions and the names that expressions can use.
import type { ActivityInfo, DefinitionSummary } from '../api/api-types.ts'

export interface CodeCatalogue {
  readonly activities: readonly ActivityInfo[]
  readonly definitions: readonly Pick<DefinitionSummary, 'name' | 'title' | 'version'>[]
}

export type CatalogueSource = () => CodeCatalogue
