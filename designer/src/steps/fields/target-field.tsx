import { useMemo } from 'react'
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
  const named = useDrawing((state) => namesOf(state.drawing.definition, scopeOf(step)))
  const options = useMemo(() => optionsOf(named, idOf(step), path[0] === 'catch'), [named, step, path[0]])
  return <ChoiceField path={path} label={label} options={options} absent={absent} />
}

/** As one text, so that a change of anything else is no change here. */
function namesOf(definition: JsonObject, scope: string): string {
  return JSON.stringify(stepsIn(definition, scope).map(({ id, step }) => [id, titleOf(id, step)]))
}

function optionsOf(named: string, own: string, isSelfAllowed: boolean) {
  const steps = JSON.parse(named) as [string, string][]
  return steps
    .filter(([id]) => isSelfAllowed || id !== own)
    .map(([id, title]) => ({ value: id, label: title === id ? id : `${title} (${id})` }))
}
