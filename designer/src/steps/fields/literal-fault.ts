// Whether a literal is what the schema of its field asks for, in words. Values that expressions give are known at run time only.
import type { Json } from '@durable-canvas/schema'
import { isArray, isObject } from '../../drawing/json.ts'

export function literalFault(schema: Json | undefined, value: Json | undefined): string | undefined {
  if (!isObject(schema) || value === undefined) return undefined
  if (isArray(schema.enum) && !schema.enum.some((one) => JSON.stringify(one) === JSON.stringify(value)))
    return `One of ${schema.enum.map((one) => JSON.stringify(one)).join(', ')} is expected.`
  const types = isArray(schema.type) ? schema.type.map(String) : typeof schema.type === 'string' ? [schema.type] : []
  if (types.length > 0 && !types.some((type) => isOfType(value, type)))
    return `${withArticle(types.join(' or '))} is expected.`
  if (typeof value === 'number') {
    if (typeof schema.minimum === 'number' && value < schema.minimum) return `At least ${schema.minimum} is expected.`
    if (typeof schema.maximum === 'number' && value > schema.maximum) return `At most ${schema.maximum} is expected.`
  }
  if (typeof value === 'string' && typeof schema.minLength === 'number' && value.length < schema.minLength)
    return schema.minLength === 1 ? 'It must not be empty.' : `At least ${schema.minLength} characters are expected.`
  return undefined
}

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return isArray(value)
    case 'object':
      return isObject(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

const withArticle = (words: string): string => `${/^[aeio]/.test(words) ? 'An' : 'A'} ${words}`
