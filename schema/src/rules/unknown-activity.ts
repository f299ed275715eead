import { didYouMean } from '../nearest.ts'
import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

/** A warning only: the worker that has the activity may start later than who calls it. */
export const unknownActivity: Rule = function* ({ steps, activities }) {
  if (activities === undefined) return
  for (const { step, pointer, path } of steps) {
    if (step.type !== 'activity') continue
    const named = [
      { name: step.activity, at: `${pointer}/activity` },
      { name: step.compensate?.activity, at: `${pointer}/compensate/activity` },
    ]
    for (const { name, at } of named)
      if (name !== undefined && !activities.has(name))
        yield problem(
          'UnknownActivity',
          { path: at, step: path },
          `No activity \`${name}\` is known${didYouMean(name, activities)}`,
        )
  }
}
