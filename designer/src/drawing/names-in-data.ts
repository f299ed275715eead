// Fields that the data itself has, where no schema tells of them: of examples, mocks, or a run of the past.
import type { Json } from '@durable-canvas/schema'
import { isArray, isObject } from './json.ts'
import { type Named, quotedName, type Sample } from './names-in-reach.ts'

const deepest = 4
const mostFields = 50

/** The names, and behind them what the data has more. */
export function withDataFields(names: readonly Named[], { bindings, source }: Sample): Named[] {
  const known = new Set(names.map(({ text }) => text))
  const where = source === undefined ? 'in the sample' : `in ${source}`
  const { steps, context: _context, error: _error, ...others } = bindings
  const roots = [
    ...Object.entries(others).map(([name, value]) => [`$${quotedName(name)}`, value] as const),
    ...(isObject(steps) ? Object.entries(steps) : []).map(
      ([id, step]) => [`$steps.${quotedName(id)}.output`, isObject(step) ? step.output : undefined] as const,
    ),
  ]
  const found = roots.flatMap(([text, value]) => (value === undefined ? [] : fieldsOf(text, value, where, 0)))
  return [...names, ...found.filter(({ text }) => !known.has(text))]
}

function fieldsOf(text: string, value: Json, where: string, depth: number): Named[] {
  const inner = isArray(value) ? value.find(isObject) : value
  if (!isObject(inner) || depth >= deepest) return []
  return Object.entries(inner)
    .slice(0, mostFields)
    .flatMap(([name, field]) => {
      const deeper = `${text}.${quotedName(name)}`
      return [{ text: deeper, detail: `${kindOf(field)} ${where}` }, ...fieldsOf(deeper, field, where, depth + 1)]
    })
}

const kindOf = (value: Json): string => (value === null ? 'null' : isArray(value) ? 'array' : typeof value)
