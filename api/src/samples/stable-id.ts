import { createHash } from 'node:crypto'

/** The same key gives the same id, so that an attempt made again speaks of the same thing. */
export const stableId = (prefix: string, key: string): string =>
  `${prefix}-${createHash('sha256').update(key).digest('hex').slice(0, 12)}`
