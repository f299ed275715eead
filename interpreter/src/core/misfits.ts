// Whether an execution can go on under another version of its definition: whatever is open in it must have its place there.
import { staticPath } from './path.ts'
import type { Program, StepProgram } from './program.ts'
import type { Frame, State } from './state.ts'

/** Why it cannot, one sentence each; empty: it can. `from` is the program that it has been decided by. */
export function misfits(from: Program, to: Program, state: State): string[] {
  const wrong = new Set<string>()
  for (const frame of [...state.frames.values(), ...state.fallen]) {
    const reason = misfitOf(from, to, frame)
    if (reason !== null) wrong.add(reason)
  }
  for (const { step } of [...state.compensations, ...[...state.frames.values()].flatMap(openCompensations)])
    if (!compensateOf(to.steps.get(staticPath(step)))) wrong.add(`${step} is done, but cannot be undone there`)
  return [...wrong]
}

const openCompensations = ({ current }: Frame) => current?.fan?.compensations ?? []

const compensateOf = (step: StepProgram | undefined) =>
  step?.definition.type === 'activity' ? step.definition.compensate : undefined

function misfitOf(from: Program, to: Program, { scope, path, current }: Frame): string | null {
  const there = to.scopes.get(scope)
  if (!there) return `${path} is open, and has no place there`
  if (!current) return null
  const step = there.steps.get(current.step)
  if (!step) return `${current.path} is open, and there is no such step`
  const before = from.scopes.get(scope)?.steps.get(current.step)
  if (before && before.type !== step.type) return `${current.path} is open, and is a ${step.type} there`
  if (before && branches(before) !== branches(step)) return `${current.path} is open, and has other branches there`
  return null
}

const branches = ({ definition }: StepProgram): string =>
  definition.type === 'parallel' ? Object.keys(definition.branches).sort().join() : ''
