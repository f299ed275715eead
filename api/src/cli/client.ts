// Speaks to a running server.
import type { Problem } from '@durable-canvas/schema'
import type { ClientConfig } from '../config.ts'

/** The server said no, or nothing. */
export class ServerError extends Error {
  override readonly name = 'ServerError'
  readonly code: string
  readonly status: number
  readonly problems: readonly Problem[]

  constructor(code: string, status: number, message: string, problems: readonly Problem[] = []) {
    super(message)
    this.code = code
    this.status = status
    this.problems = problems
  }
}

export class Client {
  readonly #config: ClientConfig

  constructor(config: ClientConfig) {
    this.#config = config
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: T }> {
    const { url, token } = this.#config
    let response: Response
    try {
      response = await fetch(`${url}${path}`, {
        method,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    } catch (error) {
      throw new ServerError(
        'Unreachable',
        0,
        `No server answers at ${url} (${reasonOf(error)}). Start one with "durable-canvas start", or name another with --url.`,
      )
    }
    const text = await response.text()
    if (!response.ok) throw serverErrorOf(response.status, text)
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T }
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : String(cause)
}

function serverErrorOf(status: number, text: string): ServerError {
  try {
    const { code, detail, problems } = JSON.parse(text) as { code?: string; detail?: string; problems?: Problem[] }
    return new ServerError(code ?? `Http${status}`, status, detail ?? `The server answered ${status}.`, problems ?? [])
  } catch {
    return new ServerError(`Http${status}`, status, `The server answered ${status}.`) // What answered is not this server, or something in between.
  }
}

export const instancePath = (id: string): string => `/api/instances/${encodeURIComponent(id)}`
