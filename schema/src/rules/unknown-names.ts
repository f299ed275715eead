import { didYouMean } from '../nearest.ts'
import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

// Warnings only: activities and definitions may well be deployed later than who calls them.

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

export const unknownDefinition: Rule = function* ({ steps, document, definitions }) {
  if (definitions === undefined) return
  for (const { step, pointer, path } of steps) {
    if (step.type !== 'subOrchestration' || definitions.has(step.definition)) continue
    // A definition may call itself, before it is deployed for the first time.
    if (step.definition === document.name) continue
    yield problem(
      'UnknownDefinition',
      { path: `${pointer}/definition`, step: path },
      `No definition \`${step.definition}\` is known${didYouMean(step.definition, definitions)}`,
    )
  }
}
