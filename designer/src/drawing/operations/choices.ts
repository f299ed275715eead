import type { Json } from '@durable-canvas/schema'
import type { Drawing } from '../drawing.ts'
import { type Edit, edit } from '../edit.ts'
import { isArray } from '../json.ts'
import { replaceStep, setInStep } from '../retarget.ts'
import { idOf } from '../static-path.ts'
import { stepAt } from '../tree.ts'

/** Lists in a step whose order matters: the first choice that is true wins, and so does the first catch. */
export type RuleList = 'choices' | 'catch'

function change(
  drawing: Drawing,
  path: string,
  list: RuleList,
  label: string,
  to: (rules: readonly Json[]) => readonly Json[],
): Edit {
  const found = stepAt(drawing.definition, path)?.[list]
  const rules = to(isArray(found) ? found : [])
  // An empty list of catches is no valid document, an absent one is; a choice without choices shows its problem.
  const value = list === 'catch' && rules.length === 0 ? undefined : rules
  const definition = replaceStep(drawing.definition, path, (step) => setInStep(step, list, value))
  return edit(drawing, { ...drawing, definition }, label)
}

export function addRule(drawing: Drawing, path: string, list: RuleList, rule: Json): Edit {
  const label = `Add a ${list === 'catch' ? 'catch' : 'choice'} to ${idOf(path)}`
  return change(drawing, path, list, label, (rules) => [...rules, rule])
}

export function removeRule(drawing: Drawing, path: string, list: RuleList, index: number): Edit {
  const label = `Remove a ${list === 'catch' ? 'catch' : 'choice'} of ${idOf(path)}`
  return change(drawing, path, list, label, (rules) => rules.filter((_, at) => at !== index))
}

export function moveRule(drawing: Drawing, path: string, list: RuleList, from: number, to: number): Edit {
  return change(drawing, path, list, `Reorder ${idOf(path)}`, (rules) => {
    const moved = rules[from]
    if (moved === undefined || to < 0 || to >= rules.length) return rules
    const rest = rules.filter((_, at) => at !== from)
    return [...rest.slice(0, to), moved, ...rest.slice(to)]
  })
}
