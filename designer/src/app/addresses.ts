// Every address of the house, so that links and routes cannot drift apart.
const encode = encodeURIComponent

export const addresses = {
  definitions: '/definitions',
  definition: (name: string) => `/definitions/${encode(name)}`,
  draft: (name: string, step?: string) => `/definitions/${encode(name)}/draft${step ? `?step=${encode(step)}` : ''}`,
  version: (name: string, version: number) => `/definitions/${encode(name)}/versions/${version}`,
  instances: (filter: { definition?: string; version?: number; status?: string; parent?: string } = {}) => {
    const query = new URLSearchParams(
      Object.entries(filter).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
    )
    return `/instances${query.size ? `?${query}` : ''}`
  },
  instance: (id: string, where: { step?: string; tab?: string; at?: number } = {}) => {
    const query = new URLSearchParams(
      Object.entries(where).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
    )
    return `/instances/${encode(id)}${query.size ? `?${query}` : ''}`
  },
  activities: '/activities',
  overview: '/overview',
} as const
