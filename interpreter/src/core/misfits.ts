// Whether an execution can go on under another version of its definition: whatever is open in it must have its place there.
import { staticPath } from './path.ts'
import type { Program, StepProgram } from './program.ts'
import type { Frame, State } from './state.ts'

/** Why it cannot, one sentence each; empty: it can. `from` is the program that it has been decided by. */
export function misfits(from: Program, to: Program, state: State): string[] {
  const wrong = new Set<string>()
  const frames = [...state.frames.values(), ...state.fallen]
  for (const { current } of frames) {
    if (!current) continue
    const [before, there] = [from, to].map(({ steps }) => kindOf(steps.get(staticPath(current.path))))
    if (before !== there) wrong.add(`${current.path} is open, and ${there} there`)
  }
  for (const { step } of [...state.compensations, ...frames.flatMap(openCompensations)])
    if (!canBeUndone(to.steps.get(staticPath(step)))) wrong.add(`${step} is done, but cannot be undone there`)
  return [...wrong]
}

function kindOf(step: StepProgram | undefined): string {
  if (!step) return 'no step of that name is'
  const { definition } = step
  if (definition.type !== 'parallel') return `it is of type ${step.type}`
  return `it has the branches ${Object.keys(definition.branches).sort().join(', ')}`
}

const openCompensations = ({ current }: Frame) => current?.fan?.compensations ?? []

const canBeUndone = (step: StepProgram | undefined): boolean =>
  step?.definition.type === 'activity' && step.definition.compensate !== undefined
