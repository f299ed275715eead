import type { Json } from '@durable-canvas/schema'
import { StepFailure } from '../failure.ts'
import { evaluateField } from '../place.ts'
import type { StepKind } from './step-kind.ts'

export const fail: StepKind = {
  enter(place) {
    const error = evaluateField(place, 'error') as { readonly [field: string]: Json }
    throw new StepFailure(text(error.type) || 'Error', text(error.message), error.details)
  },
}

const text = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
