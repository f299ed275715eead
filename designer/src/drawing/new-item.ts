import type { JsonObject } from './json.ts'

/** Something that can be put into a drawing: a step type, an activity, a definition. */
export interface NewItem {
  /** `step:choice`, `activity:ValidateOrder`, `definition:order` */
  readonly key: string
  readonly title: string
  readonly summary: string
  /** What else people look for it by. */
  readonly words?: string | undefined
  /** What the id of the new step is made from. */
  readonly id: string
  readonly step: JsonObject
  readonly group: string
  readonly icon?: string | undefined
}
