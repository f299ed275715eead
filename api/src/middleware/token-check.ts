// The API token. Compared by digest in constant time, so that the time of the answer tells nothing of how much was right.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'
import { ApiError } from '../problem-json.ts'
import type { Access } from '../routes/route.ts'

export type TokenCheck = (request: Request, access: Access) => void

export function createTokenCheck(token: string | null): TokenCheck {
  if (token === null) return () => {}
  const expected = digest(token)
  const attempts = new FailedAttempts()
  return (request, access) => {
    if (access === 'open') return
    const from = request.socket.remoteAddress ?? ''
    attempts.refuseTooMany(from)
    const given = givenToken(request, access)
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return
    if (given !== undefined) attempts.add(from)
    throw new ApiError(
      'Unauthorized',
      given === undefined
        ? 'Send the token of API_TOKEN as "Authorization: Bearer TOKEN".'
        : 'The token is not the one that the server was started with.',
      { headers: { 'www-authenticate': 'Bearer realm="durable-canvas"' } },
    )
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

function givenToken(request: Request, access: Access): string | undefined {
  const header = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
  if (header !== undefined) return header
  return elsewhere(request, access).find((text) => typeof text === 'string')
}

function elsewhere(request: Request, access: Access): readonly unknown[] {
  switch (access) {
    case 'tokenOrQuery':
      return [request.query.access_token]
    case 'tokenOrCode':
      return [request.headers['x-functions-key'], request.query.code]
    case 'open':
    case 'token':
      return []
  }
}

const windowMs = 60_000
const mostFailures = 60

/** Guessing is hopeless against a long token; this keeps it from being cheap against a short one. */
class FailedAttempts {
  readonly #times = new Map<string, number[]>()

  add(from: string): void {
    const times = [...this.#recent(from), Date.now()]
    if (this.#times.size > 10_000) this.#times.clear()
    this.#times.set(from, times)
  }

  refuseTooMany(from: string): void {
    if (this.#recent(from).length < mostFailures) return
    throw new ApiError('RateLimited', 'Too many wrong tokens came from this address. Wait a minute.', {
      headers: { 'retry-after': '60' },
    })
  }

  #recent(from: string): number[] {
    const times = this.#times.get(from)
    return times ? times.filter((time) => time > Date.now() - windowMs) : []
  }
}
