import type { Icon } from '@tabler/icons-react'
import type { JsonObject } from '../drawing/json.ts'
import type { StepType } from '../drawing/step-shapes.ts'

/** What a step is for; the colour of its band. */
export type Family = 'work' | 'flow' | 'waiting' | 'data' | 'ending'

export const families: readonly { readonly family: Family; readonly title: string }[] = [
  { family: 'work', title: 'Work' },
  { family: 'flow', title: 'Flow' },
  { family: 'waiting', title: 'Waiting' },
  { family: 'data', title: 'Data' },
  { family: 'ending', title: 'Ending' },
]

export interface StepKind {
  readonly type: StepType
  readonly family: Family
  readonly title: string
  /** Half a line of what it does. */
  readonly summary: string
  /** What it, or much the same, is called elsewhere: it is found by that too. */
  readonly words: string
  readonly icon: Icon
  /** A step as it comes out of the palette. */
  readonly create: () => JsonObject
  /** What the card says under its title: what this step will do, in words that are true. */
  readonly secondLine: (step: JsonObject) => string
}
