import type { Problem } from '@durable-canvas/schema'

/** What the server answered instead of what was asked for (application/problem+json), or `Unreachable` when it did not answer. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number
  /** Stable: `UnknownInstance`, `StatusForbids`, `Unreachable` … */
  readonly code: string
  readonly title: string
  readonly problems: readonly Problem[]
  /** The whole answer: a lost race on a draft carries the newer one. */
  readonly body: unknown

  constructor(
    status: number,
    code: string,
    title: string,
    detail: string,
    problems: readonly Problem[] = [],
    body: unknown = null,
  ) {
    super(detail)
    this.status = status
    this.code = code
    this.title = title
    this.problems = problems
    this.body = body
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

export async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text()
  let body: unknown = null
  try {
    body = JSON.parse(text)
  } catch {
    // A proxy in between answers in its own words; the status is all there is to know.
    body = null
  }
  const fields: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {}
  const title = textOf(fields.title) ?? (response.statusText || `HTTP ${response.status}`)
  return new ApiProblem(
    response.status,
    textOf(fields.code) ?? (response.status >= 502 ? 'Unreachable' : `Http${response.status}`),
    title,
    textOf(fields.detail) ?? title,
    Array.isArray(fields.problems) ? (fields.problems as Problem[]) : [],
    body,
  )
}

/** In words, for whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
