import type { JsonPath } from '../../drawing/json.ts'
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
  const definition = useDrawing((state) => state.drawing.definition)
  const options = stepsIn(definition, scopeOf(step))
    .filter(({ id }) => id !== idOf(step) || path[0] === 'catch')
    .map(({ id, step: other }) => {
      const title = titleOf(id, other)
      return { value: id, label: title === id ? id : `${title} (${id})` }
    })
  return <ChoiceField path={path} label={label} options={options} absent={absent} />
}
