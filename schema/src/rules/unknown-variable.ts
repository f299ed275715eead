import { ExpressionError, functionCatalogue } from '../expression/index.ts'
import { didYouMean } from '../nearest.ts'
import { problem } from '../problem-codes.ts'
import { enclosingScopes, type StepVisit } from '../walk.ts'
import { type ExpressionUse, isFields, type Rule, type Subject } from './subject.ts'
import { assignedVariables, itemName } from './variables.ts'

export const unknownVariable: Rule = function* (subject) {
  const variables = new Set([...assignedVariables(subject)].map(({ name }) => name))
  const functions = new Set(functionCatalogue.map(({ name }) => name))
  const hasCatch = subject.allSteps.some(({ step }) => isFields(step) && step.catch !== undefined)
  for (const use of subject.expressions) {
    if (use.compiled instanceof ExpressionError) continue
    const known = knownNames(use, variables, hasCatch)
    const told = new Set<string>()
    for (const { name, position } of use.compiled.references) {
      if (known.has(name) || (functions.has(name) && name !== 'error') || told.has(name)) continue
      told.add(name)
      const place = { path: use.pointer, step: use.step?.path, position }
      yield problem('UnknownVariable', place, explain(name, known, subject))
    }
  }
}

function knownNames({ sight, step }: ExpressionUse, variables: ReadonlySet<string>, hasCatch: boolean): Set<string> {
  if (sight === 'start of the instance') return new Set(['input', 'context'])
  const known = new Set(['input', 'context', 'steps', ...variables, ...itemsAround(step, sight === 'item')])
  if (sight === 'result') known.add('result')
  if (hasCatch) known.add('error')
  return known
}

function itemsAround(step: StepVisit | undefined, isOwnSeen: boolean): string[] {
  if (step === undefined) return []
  const owners = [...enclosingScopes(step.scope)].map(({ owner }) => owner)
  return [...owners, ...(isOwnSeen ? [step] : [])].flatMap((owner) => {
    const item = itemName(owner?.step)
    return item === undefined ? [] : [item, 'index']
  })
}

function explain(name: string, known: ReadonlySet<string>, { allSteps }: Subject): string {
  if (name === 'result')
    return '`$result` is known only in `output`, `assign` and `compensate` of the step that gave it'
  if (name === 'error') return '`$error` is known only where a `catch` can set it, and there is none in this document'
  if (name === 'index' || allSteps.some(({ step }) => itemName(step) === name))
    return `\`$${name}\` is known only inside of the body of its forEach`
  const step = allSteps.find(({ id }) => id === name)
  if (step) return `Nothing is called \`$${name}\` here; the output of the step is \`$steps.${name}.output\``
  return `Nothing is called \`$${name}\` here${didYouMean(name, known)}`
}
