import { useMemo } from 'react'
import { useShallow } from 'zustand/react/shallow'
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
  const others = useDrawing(useShallow((state) => othersOf(state.drawing.definition, scopeOf(step), idOf(step))))
  const isSelfAllowed = path[0] === 'catch'
  const options = useMemo(
    () => optionsOf(others, isSelfAllowed ? idOf(step) : undefined),
    [others, step, isSelfAllowed],
  )
  return <ChoiceField path={path} label={label} options={options} absent={absent} />
}

/**
 * Ids and titles by turns, so that a change of anything else is seen at a glance to be none here. The step itself is left
 * out: its title is what is being typed.
 */
function othersOf(definition: JsonObject, scope: string, own: string): string[] {
  return stepsIn(definition, scope).flatMap(({ id, step }) => (id === own ? [] : [id, titleOf(id, step)]))
}

function optionsOf(others: readonly string[], self: string | undefined) {
  const options = self === undefined ? [] : [{ value: self, label: `${self} (itself)` }]
  for (let at = 0; at < others.length; at += 2) {
    const id = others[at] ?? ''
    const title = others[at + 1] ?? id
    options.push({ value: id, label: title === id ? id : `${title} (${id})` })
  }
  return options
}
