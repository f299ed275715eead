// A value as it is typed: an expression by its source, a string as itself, anything else as JSON. Switching between
// the two kinds of field keeps the text.
import { expressionSource, isExpression, type Json } from '@durable-canvas/schema'

export type Typed = { readonly kind: 'expression' | 'text' | 'json'; readonly text: string }

export function typedOf(value: Json | undefined): Typed {
  if (isExpression(value)) return { kind: 'expression', text: expressionSource(value) }
  if (value === undefined) return { kind: 'text', text: '' }
  if (typeof value === 'string') return { kind: 'text', text: value }
  return { kind: 'json', text: JSON.stringify(value, null, 2) }
}

export function toExpression(source: string): string {
  return `{% ${source} %}`
}

/** Undefined for an empty one. */
export function fromText(text: string): Json | undefined {
  return text === '' ? undefined : text
}

/** JSON if it reads as JSON that is no string, else the text itself: `39.8`, `true`, `{"a": 1}` mean what they look like. */
export function literalOf(text: string): Json | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (!/^[[{0-9tfn"-]/.test(trimmed)) return text
  try {
    const value: Json = JSON.parse(trimmed)
    return value
  } catch {
    return text
  }
}

export function switched(value: Json | undefined): Json {
  const { kind, text } = typedOf(value)
  return kind === 'expression' ? (literalOf(text) ?? '') : toExpression(text)
}
