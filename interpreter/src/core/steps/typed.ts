// The step program of a place with the type that its kind is for. The table guarantees it; this says so to the compiler.
import type { Step } from '@durable-canvas/schema'
import type { Place } from '../place.ts'
import type { StepProgram } from '../program.ts'

type Of<Type extends Step['type']> = StepProgram<Extract<Step, { readonly type: Type }>>

export function typed<Type extends Step['type']>(place: Pick<Place, 'step'>, type: Type): Of<Type> {
  if (place.step.type !== type) throw new Error(`${place.step.path} is a ${place.step.type}, not a ${type}`)
  return place.step as unknown as Of<Type>
}

export const activityOf = (place: Pick<Place, 'step'>): Of<'activity'> => typed(place, 'activity')
