import type { OpenPort } from '../drawing/ports.ts'

const pattern = /^(start|next|otherwise|onTimeout|(choice|catch)\/(\d+|new))$/

/** Handles are named after their ports. */
export function toOpenPort(handle: string | null | undefined): OpenPort {
  return pattern.test(handle ?? '') ? (handle as OpenPort) : 'next'
}
