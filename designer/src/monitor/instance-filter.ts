// The filter of the list of instances, as the address has it.
import { type InstanceQuery, type InstanceStatus, type InstanceSummary, instanceStatuses } from '../api/api-types.ts'
import { fitsQuery } from '../api/heard-summaries.ts'

export interface InstanceFilter {
  readonly statuses: readonly InstanceStatus[]
  readonly definition: string | null
  readonly version: number | null
  readonly idPrefix: string
  /** `1h`, `24h`, `7d`: created within; or null. */
  readonly within: Within | null
  readonly parent: string | null
}

export const withins = {
  '15m': 900_000,
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
  '30d': 2_592_000_000,
} as const
export type Within = keyof typeof withins
export const withinWords: Readonly<Record<Within, string>> = {
  '15m': 'the last 15 minutes',
  '1h': 'the last hour',
  '24h': 'the last day',
  '7d': 'the last week',
  '30d': 'the last 30 days',
}

const isWithin = (text: string | null): text is Within => text !== null && Object.hasOwn(withins, text)

export function readFilter(params: URLSearchParams): InstanceFilter {
  const version = Number(params.get('version'))
  const within = params.get('created')
  return {
    statuses: instanceStatuses.filter((status) => (params.get('status') ?? '').split(',').includes(status)),
    definition: params.get('definition') || null,
    version: Number.isInteger(version) && version > 0 ? version : null,
    idPrefix: params.get('id') ?? '',
    within: isWithin(within) ? within : null,
    parent: params.get('parent') || null,
  }
}

export function writeFilter(filter: InstanceFilter): URLSearchParams {
  const params = new URLSearchParams()
  const set = (name: string, value: string | null) => {
    if (value) params.set(name, value)
  }
  set('status', filter.statuses.join(','))
  set('definition', filter.definition)
  set('version', filter.definition === null || filter.version === null ? null : String(filter.version))
  set('id', filter.idPrefix)
  set('created', filter.within)
  set('parent', filter.parent)
  return params
}

/** `now`: rounded by the caller, so that the query stays the same for a while. */
export function queryOf(filter: InstanceFilter, now: number): InstanceQuery {
  return {
    ...(filter.statuses.length > 0 ? { status: filter.statuses.join(',') } : {}),
    ...(filter.definition === null ? {} : { definition: filter.definition }),
    ...(filter.version === null || filter.definition === null ? {} : { version: filter.version }),
    ...(filter.idPrefix === '' ? {} : { idPrefix: filter.idPrefix }),
    ...(filter.within === null ? {} : { createdFrom: new Date(now - withins[filter.within]).toISOString() }),
    ...(filter.parent === null ? {} : { parent: filter.parent }),
  }
}

/** Whether the list would show it. */
export const fits = (filter: InstanceFilter, summary: InstanceSummary, now: number): boolean =>
  fitsQuery(queryOf(filter, now), summary)

export const isEmptyFilter = (filter: InstanceFilter): boolean => writeFilter(filter).size === 0
