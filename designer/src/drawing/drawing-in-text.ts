import type { Drawing } from './drawing.ts'
import { isObject } from './json.ts'
import { readLayout } from './read-layout.ts'

/** A definition as JSON, alone or in an exported drawing with its layout; undefined where the text is neither. */
export function drawingInText(text: string): (Pick<Drawing, 'definition'> & Partial<Drawing>) | undefined {
  const value = parsed(text)
  if (!isObject(value)) return undefined
  if (isDefinition(value)) return { definition: value }
  const { definition, layout } = value
  if (!isObject(definition) || !isDefinition(definition)) return undefined
  const read = readLayout(layout)
  return read === undefined ? { definition } : { definition, layout: read }
}

const isDefinition = ({ steps, start, dsl }: Drawing['definition']): boolean =>
  isObject(steps) && typeof start === 'string' && dsl !== undefined

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
