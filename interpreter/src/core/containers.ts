// Container steps seen from the state: their open visit, their frames, and what they give when nothing else is said.
import type { Json } from '@durable-canvas/schema'
import { framePathOf } from './path.ts'
import type { StepProgram } from './program.ts'
import type { Fan, Frame, State, Visit } from './state.ts'

/** The open scope at this path. */
export function frameAt(state: State, path: string): Frame {
  const frame = state.frames.get(path)
  if (!frame) throw new Error(`history is broken: scope "${path}" is not open`)
  return frame
}

/** The open scope that the step stands in. */
export const frameOf = (state: State, step: string): Frame => frameAt(state, framePathOf(step))

/** The open visit of a container step. */
export function openContainer(state: State, path: string): { readonly visit: Visit; readonly fan: Fan } {
  const visit = state.frames.get(framePathOf(path))?.current
  if (!visit?.fan || visit.path !== path) throw new Error(`history is broken: ${path} is not open`)
  return { visit, fan: visit.fan }
}

/** The body of a scope step has the step's own path, a branch or an item its key behind it. */
export const bodyPath = (container: string, key: string): string => (key === '' ? container : `${container}[${key}]`)

/** Results in item order (null for a tolerated failure; only the completed ones unless all were asked for), or by branch name. */
export function collect(step: StepProgram, fan: Fan): Json {
  if (step.definition.type !== 'forEach') return { ...fan.results }
  const all = (step.definition.completion ?? 'all') === 'all'
  const collected: Json[] = []
  for (let index = 0; index < fan.items.length; index += 1) {
    const result = fan.results[index]
    if (result !== undefined) collected.push(result)
    else if (all) collected.push(null)
  }
  return collected
}
