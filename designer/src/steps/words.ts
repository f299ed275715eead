// Parts of a step in words, as cards and titles carry them.
import { expressionSource, isExpression, type Json, parseDuration } from '@durable-canvas/schema'
import { shortened } from '../drawing/condition-label.ts'
import { getAt, isArray, isObject, textAt } from '../drawing/json.ts'
import { durationText } from '../ui/duration-text.ts'

/** `PT5S` → "5 s"; an expression as its source. */
export function durationWords(value: Json | undefined): string {
  if (typeof value !== 'string' || value === '') return ''
  if (isExpression(value)) return sourceWords(value)
  const ms = parseDuration(value)
  return ms === undefined ? value : durationText(ms)
}

export function sourceWords(text: string): string {
  return shortened(expressionSource(text), 36)
}

/** A value in a few words: an expression's source, a text, or what kind of thing it is. */
export function valueWords(value: Json | undefined): string {
  if (value === undefined) return ''
  if (isExpression(value)) return sourceWords(value)
  if (typeof value === 'string') return shortened(value, 36)
  if (isArray(value)) return value.length === 1 ? '1 item' : `${value.length} items`
  if (isObject(value)) return shortened(Object.keys(value).join(', '), 36)
  return String(value)
}

/** "3 attempts from 5 s, ×2". */
export function retryWords(retry: Json | undefined): string {
  const most = getAt(retry, ['maxNumberOfAttempts'])
  if (typeof most !== 'number') return ''
  if (most === 1) return '1 attempt'
  const first = durationWords(getAt(retry, ['firstRetryInterval']))
  const factor = getAt(retry, ['backoffCoefficient'])
  const from = first === '' ? '' : ` from ${first}`
  return `${most} attempts${from}${typeof factor === 'number' && factor !== 1 ? `, ×${factor}` : ''}`
}

export function completionWords(completion: Json | undefined): string {
  if (completion === 'any') return 'the first wins'
  const least = getAt(completion, ['atLeast'])
  return typeof least === 'number' ? `until ${least} are done` : ''
}

/** Parts joined by a dot; empty ones are left out. */
export function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ')
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** `2 errors, 1 warning` */
export function problemCountWords(errors: number, warnings: number): string {
  return [errors > 0 && counted(errors, 'error'), warnings > 0 && counted(warnings, 'warning')]
    .filter(Boolean)
    .join(', ')
}

export function keysWords(value: Json | undefined): string {
  return isObject(value) ? shortened(Object.keys(value).join(', '), 36) : ''
}

/** The step's title, or its id where it has none. */
export function titleOf(id: string, step: Json | undefined): string {
  const title = textAt(step, 'title')
  return title === undefined || title === '' ? id : title
}
