import { pointerOf } from './json-pointer.ts'
import type { StepVisit } from './walk.ts'

// Where in a step values and expressions may stand. Fields of one name mean the same in every step type, so one table serves all.

export type PlaceKind = 'value' | 'condition' | 'duration' | 'instant'

/** What an expression at the place can see beside the input, the steps, the context and the variables. */
export type PlaceSight = 'nothing more' | 'result' | 'error' | 'item'

export interface ValuePlace {
  readonly pointer: string
  readonly value: unknown
  readonly kind: PlaceKind
  readonly sight: PlaceSight
}

const valueFields = ['status', 'instanceId', 'correlationKey', 'items', 'data', 'variables'] as const
const durationFields = ['delay', 'timeout', 'scheduleToStartTimeout', 'heartbeatTimeout'] as const
const retryDurations = ['firstRetryInterval', 'maxRetryInterval', 'retryTimeout'] as const

/** Every place of the step that holds something; scopes inside of it have their own steps. Trusts the step's shape. */
export function valuePlaces({ step, pointer }: StepVisit): ValuePlace[] {
  const places: ValuePlace[] = []
  const add = (value: unknown, kind: PlaceKind, sight: PlaceSight, ...segments: readonly (string | number)[]) => {
    if (value !== undefined) places.push({ pointer: pointerOf(pointer, ...segments), value, kind, sight })
  }
  const fields = step as unknown as { readonly [field: string]: unknown }
  // The input of a forEach is evaluated for every item.
  add(fields.input, 'value', step.type === 'forEach' ? 'item' : 'nothing more', 'input')
  for (const field of valueFields) add(fields[field], 'value', 'nothing more', field)
  for (const field of durationFields) add(fields[field], 'duration', 'nothing more', field)
  add(fields.until, 'instant', 'nothing more', 'until')
  add(fields.output, 'value', step.type === 'end' ? 'nothing more' : 'result', 'output')
  add(fields.assign, 'value', 'result', 'assign')
  if (step.type === 'fail') add(step.error, 'value', 'nothing more', 'error')
  if (step.type === 'activity') add(step.compensate?.input, 'value', 'result', 'compensate', 'input')
  if (step.type === 'choice')
    for (const [index, choice] of step.choices.entries())
      add(choice.when, 'condition', 'nothing more', 'choices', index, 'when')
  if ('retry' in step)
    for (const field of retryDurations) add(step.retry?.[field], 'duration', 'nothing more', 'retry', field)
  if ('catch' in step)
    for (const [index, catcher] of (step.catch ?? []).entries()) {
      add(catcher.when, 'condition', 'error', 'catch', index, 'when')
      add(catcher.assign, 'value', 'error', 'catch', index, 'assign')
    }
  return places
}

/** All strings inside of a value, with their pointers. */
export function* textsIn(
  value: unknown,
  pointer: string,
): Generator<{ readonly text: string; readonly pointer: string }> {
  if (typeof value === 'string') yield { text: value, pointer }
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* textsIn(item, pointerOf(pointer, index))
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) yield* textsIn(item, pointerOf(pointer, key))
}
