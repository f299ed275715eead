import type { Json } from '@durable-canvas/schema'
import { StepFailure } from '../failure.ts'
import { evaluate } from '../place.ts'
import type { StepKind } from './step-kind.ts'

export const fail: StepKind = {
  enter(place) {
    const value = place.step.values.error
    const error = (value ? evaluate(place, value) : {}) as { readonly [field: string]: Json }
    throw new StepFailure(text(error.type) || 'Error', text(error.message), error.details)
  },
}

const text = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
