import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

export const atLeastTooMany: Rule = function* ({ steps }) {
  for (const { step, pointer, path } of steps) {
    if (step.type !== 'parallel' && step.type !== 'forEach') continue
    if (typeof step.completion !== 'object') continue
    const { atLeast } = step.completion
    const there = step.type === 'parallel' ? Object.keys(step.branches) : step.items
    // Items by expression are counted when it runs.
    if (!Array.isArray(there) || atLeast <= there.length) continue
    yield problem(
      'AtLeastTooMany',
      { path: `${pointer}/completion/atLeast`, step: path },
      `\`atLeast\` asks for ${atLeast} of ${there.length} ${step.type === 'parallel' ? 'branches' : 'items'}`,
    )
  }
}
