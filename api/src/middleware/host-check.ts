// Against DNS rebinding: a page of another site that made its name point to this machine still sends its own name as Host.
// A server that only this machine can reach therefore answers to the names of this machine alone, and to those that ALLOWED_HOSTS adds.
import type { RequestHandler } from 'express'
import { isLoopback } from '../config.ts'
import { ApiError } from '../problem-json.ts'

export interface HostRules {
  /** The address that the server listens on. */
  readonly host: string
  readonly allowedHosts: readonly string[]
}

export function checkHost(rules: HostRules): RequestHandler {
  // Elsewhere the token is what protects; the names under which the machine is known are not known here, unless they are given.
  const everyName = !isLoopback(rules.host) && rules.allowedHosts.length === 0
  const names = new Set([rules.host.toLowerCase(), ...rules.allowedHosts])
  return (request, _response, next) => {
    const name = hostName(request.headers.host)
    if (name !== null && (everyName || isLoopback(name) || names.has(name))) return next()
    throw new ApiError(
      'HostNotAllowed',
      `The Host header ${JSON.stringify(request.headers.host ?? '')} is not one of this server's names. Behind a proxy, add the name to ALLOWED_HOSTS.`,
    )
  }
}

/** Without port and brackets, in lower case. */
export function hostName(header: string | undefined): string | null {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/@?#[\]]+))(?::\d{1,5})?$/.exec(header ?? '')
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null
}
