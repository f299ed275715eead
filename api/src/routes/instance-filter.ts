// The filter of lists and purges: query parameters, or the same words in a body.
import type { InstanceFilter, InstanceStatus } from '@durable-canvas/interpreter'
import { parseInstant } from '@durable-canvas/schema'
import { instanceStatuses, type SchemaObject } from '../openapi/component-schemas.ts'
import { ApiError } from '../problem-json.ts'

export interface FilterQuery {
  readonly definition?: string
  readonly version?: number
  readonly status?: string
  readonly idPrefix?: string
  readonly createdFrom?: string
  readonly createdTo?: string
  readonly parent?: string
}

const oneStatus = `(?:${instanceStatuses.join('|')})`

export const statusListSchema: SchemaObject = {
  type: 'string',
  pattern: `^${oneStatus}(?:,${oneStatus})*$`,
  description: 'One status or several with commas between.',
}

const text: SchemaObject = { type: 'string', minLength: 1, maxLength: 255 }

export const filterQuery: Record<keyof FilterQuery, SchemaObject> = {
  definition: text,
  version: { type: 'integer', minimum: 1, maximum: 2_147_483_647 },
  status: statusListSchema,
  idPrefix: text,
  createdFrom: { type: 'string', description: 'ISO 8601; created then or later.' },
  createdTo: { type: 'string', description: 'ISO 8601; created earlier.' },
  parent: text,
}

export function filterOf(query: FilterQuery): InstanceFilter {
  return {
    ...(query.definition === undefined ? {} : { definition: query.definition }),
    ...(query.version === undefined ? {} : { version: query.version }),
    ...(query.status === undefined ? {} : { statuses: query.status.split(',') as InstanceStatus[] }),
    ...(query.idPrefix === undefined ? {} : { idPrefix: query.idPrefix }),
    ...(query.createdFrom === undefined ? {} : { createdFrom: instantOf('createdFrom', query.createdFrom) }),
    ...(query.createdTo === undefined ? {} : { createdTo: instantOf('createdTo', query.createdTo) }),
    ...(query.parent === undefined ? {} : { parentId: query.parent }),
  }
}

export function instantOf(name: string, value: string): number {
  const ms = parseInstant(value)
  if (ms === undefined)
    throw new ApiError('InvalidRequest', `${name} must be an ISO 8601 time such as 2026-01-31T12:00:00Z.`)
  return ms
}
