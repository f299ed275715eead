import type { StepState } from '../drawing/step-state.ts'

/** The state as a screen reader says it. */
export function stateWords(state: StepState | undefined): string {
  return state === undefined ? 'not reached' : [state.state, state.label].filter(Boolean).join(', ')
}
