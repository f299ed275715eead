// What the code view knows beside the text: activities, definitions and the names that expressions can use.
import type { ActivityInfo, DefinitionSummary } from '../api/api-types.ts'
import type { JsonObject } from '../drawing/json.ts'
import type { Call } from '../drawing/known-outputs.ts'

export interface CodeCatalogue {
  readonly activities: readonly ActivityInfo[]
  readonly definitions: readonly Pick<DefinitionSummary, 'name' | 'title' | 'version'>[]
  /** Undefined where the server has it not, or has not yet told. */
  readonly called: (call: Call) => JsonObject | undefined
}

export type CatalogueSource = () => CodeCatalogue
