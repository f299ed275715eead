import { useDeferredValue, useMemo } from 'react'
import type { JsonObject, JsonPath } from '../../drawing/json.ts'
import { idOf, scopeOf } from '../../drawing/static-path.ts'
import { stepsIn } from '../../drawing/tree.ts'
import { useDrawing } from '../../store/drawing-store.ts'
import { titleOf } from '../words.ts'
import { useFieldOwner } from './field-owner.tsx'
import { ChoiceField } from './text-field.tsx'

export interface TargetFieldProps {
  readonly path: JsonPath
  readonly label: string
  readonly absent: string
}

/** A step of the same scope. */
export function TargetField({ path, label, absent }: TargetFieldProps) {
  const { step = '' } = useFieldOwner()
  const own = path[0] === 'catch' ? undefined : idOf(step)
  // The list may be a moment late: what is typed in another field need not wait for it.
  const named = useDeferredValue(useDrawing((state) => namesOf(state.drawing.definition, scopeOf(step), own)))
  const options = useMemo(() => optionsOf(named), [named])
  return <ChoiceField path={path} label={label} options={options} absent={absent} />
}

/** As one text, so that a change of anything else is no change here: not even of the step's own title. */
function namesOf(definition: JsonObject, scope: string, own: string | undefined): string {
  const others = stepsIn(definition, scope).filter(({ id }) => id !== own)
  return JSON.stringify(others.map(({ id, step }) => [id, titleOf(id, step)]))
}

function optionsOf(named: string) {
  const steps = JSON.parse(named) as [string, string][]
  return steps.map(([id, title]) => ({ value: id, label: title === id ? id : `${title} (${id})` }))
}
