import { reportConnected, reportLost } from '../store/session-server.ts'
import { askForToken, sessionToken } from '../store/session-token.ts'
import { ApiProblem, problemOf } from './api-problem.ts'
import type { Page } from './api-types.ts'

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

export type QueryParams = Readonly<Record<string, string | number | null | undefined>>

/** `/instances` + {status: "Failed"} → `/api/instances?status=Failed`; empty values are left out. */
export function apiPath(path: string, params: QueryParams = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  }
  const text = query.toString()
  return `/api${path}${text ? `?${text}` : ''}`
}

/** The answer as JSON. Throws ApiProblem: the server's own, or `Unreachable`. */
export async function request<T>(url: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(url, options)
  return (response.status === 204 ? undefined : await response.json()) as T
}

/** Follows `next` until the end. */
export async function allPages<T>(path: string, signal?: AbortSignal): Promise<readonly T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await request<Page<T>>(apiPath(path, { limit: 500, cursor }), { signal })
    items.push(...page.items)
    cursor = page.next
  } while (cursor)
  return items
}

/** What is not there is null instead of an error. */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null
    throw error
  }
}

export async function send(
  url: string,
  { method = 'GET', body, headers = {}, signal }: RequestOptions = {},
): Promise<Response> {
  const token = sessionToken()
  let response: Response
  try {
    response = await fetch(url, {
      method,
      signal: signal ?? null,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    reportLost()
    throw new ApiProblem(
      0,
      'Unreachable',
      'No answer',
      'The server does not answer. What was asked for was perhaps not done.',
    )
  }
  if (response.status === 401) askForToken(token)
  if (response.status < 502) reportConnected()
  if (!response.ok) throw await problemOf(response)
  return response
}
