// How lists are asked for, everywhere alike.
import type { PageRequest } from '@durable-canvas/interpreter'
import type { SchemaObject } from '../openapi/component-schemas.ts'

export const defaultLimit = 50
export const maxLimit = 500

export interface PageQuery {
  readonly limit?: number
  readonly cursor?: string
}

export const limitSchema: SchemaObject = {
  type: 'integer',
  minimum: 1,
  maximum: maxLimit,
  description: `How many, at most. Default ${defaultLimit}.`,
}

export const pageQuery = {
  limit: limitSchema,
  cursor: { type: 'string', minLength: 1, maxLength: 2000, description: '`next` of the page before.' },
} as const satisfies Record<string, SchemaObject>

export const pageOf = (query: PageQuery): PageRequest => ({
  limit: query.limit ?? defaultLimit,
  cursor: query.cursor ?? null,
})
