import type { Drawing } from '../drawing.ts'
import { type Edit, edit, setInDefinition } from '../edit.ts'
import { fromEntries, type JsonObject } from '../json.ts'
import { relabelMarks } from '../marks.ts'
import { mainPort, mainTarget, withTarget } from '../ports.ts'
import { forgetInLayout } from '../retarget.ts'
import { idOf, isWithin, stepPointer } from '../static-path.ts'
import { shapeOf } from '../step-shapes.ts'
import { scopesIn, stepAt } from '../tree.ts'

/** Another type for the step: what both types have stays, `fresh` gives the rest. */
export function changeType(drawing: Drawing, path: string, fresh: JsonObject): Edit {
  const step = stepAt(drawing.definition, path)
  const label = `Change the type of ${idOf(path)}`
  if (step === undefined || step.type === fresh.type) return edit(drawing, drawing, label)
  const shape = shapeOf(fresh.type)
  const kept = new Set<string>(['title', 'note', ...(shape?.data ?? []), ...(shape?.catch ? ['catch'] : [])])
  if (step.type !== 'setCustomStatus' && fresh.type !== 'setCustomStatus') kept.add('status')
  if (shape?.scopes === 'body' && shapeOf(step.type)?.scopes === 'body') kept.add('body')
  const keptEntries = Object.entries(step).filter(([key]) => kept.has(key))
  const changed = fromEntries([...Object.entries(fresh), ...keptEntries])
  const main = mainPort(changed)
  const target = mainTarget(step)
  const led = main === undefined || target === undefined ? changed : withTarget(changed, main, target)
  const definition = setInDefinition(drawing.definition, stepPointer(path), led)
  const lost = kept.has('body') ? [] : scopesIn(path, step).map(({ scope }) => `${scope}/`)
  const layout = lost.length === 0 ? drawing : forgetInside(drawing, path)
  return edit(drawing, { ...layout, definition }, label, [path])
}

function forgetInside(drawing: Drawing, path: string): Drawing {
  const own = drawing.layout.positions[path]
  const forgotten = forgetInLayout(drawing, [path])
  // The step itself stays where it is, in its groups and with its notes.
  const marks = relabelMarks(drawing.layout, (at) => (isWithin(at, path) ? undefined : at))
  const positions = own === undefined ? forgotten.layout.positions : { ...forgotten.layout.positions, [path]: own }
  return { ...forgotten, layout: { ...forgotten.layout, ...marks, positions } }
}
