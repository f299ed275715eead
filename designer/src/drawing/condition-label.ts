import { expressionSource, isExpression, type Json } from '@durable-canvas/schema'
import { getAt, isArray } from './json.ts'
import { type Port, portIndex, portKind } from './ports.ts'

const longest = 28

export function shortened(text: string, most: number = longest): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line
}

/** A condition as an edge carries it: without delimiters and without `$input.`, which says nothing here. */
export function conditionLabel(when: Json | undefined): string {
  if (typeof when === 'boolean') return when ? 'always' : 'never'
  if (!isExpression(when)) return 'no condition'
  const source = expressionSource(when)
  return source === '' ? 'no condition' : shortened(source.replace(/\$input\./g, ''))
}

function errorsLabel(errors: Json | undefined): string {
  if (!isArray(errors) || errors.length === 0) return 'on error'
  const names = errors.map((name) => (name === '*' ? 'any error' : String(name)))
  return shortened(names.join(', '))
}

/** What stands on the edge of the port; empty where the port speaks for itself. */
export function portLabel(step: Json | undefined, port: Port): string {
  const kind = portKind(port)
  switch (kind) {
    case 'choice': {
      const rule = getAt(step, ['choices', portIndex(port)])
      const title = getAt(rule, ['title'])
      return typeof title === 'string' && title !== '' ? shortened(title) : conditionLabel(getAt(rule, ['when']))
    }
    case 'catch':
      return errorsLabel(getAt(step, ['catch', portIndex(port), 'errors']))
    case 'otherwise':
      return 'otherwise'
    case 'onTimeout':
      return 'timed out'
    case 'next':
    case 'start':
      return ''
  }
}
