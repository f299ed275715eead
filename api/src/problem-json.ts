// Every error leaves the server as application/problem+json (RFC 9457). One table says which HTTP status a code has;
// a code that is not in it cannot be answered, so what is unexpected always becomes a 500 that tells nothing of the inside.
import type { Json, Problem } from '@durable-canvas/schema'

const table = {
  InvalidRequest: { status: 400, title: 'The request is not valid' },
  InvalidJson: { status: 400, title: 'The body is not JSON' },
  InvalidCursor: { status: 400, title: 'The cursor is not valid' },
  InvalidInput: { status: 400, title: 'The input is not valid' },
  InvalidDefinition: { status: 400, title: 'The definition has errors' },
  Unauthorized: { status: 401, title: 'A valid token is needed' },
  HostNotAllowed: { status: 403, title: 'This host name is not served' },
  CrossSite: { status: 403, title: 'Requests from other sites are refused' },
  NotFound: { status: 404, title: 'There is nothing at this address' },
  UnknownDefinition: { status: 404, title: 'There is no such definition' },
  UnknownInstance: { status: 404, title: 'There is no such instance' },
  UnknownDraft: { status: 404, title: 'There is no such draft' },
  MethodNotAllowed: { status: 405, title: 'This method is not allowed here' },
  InstanceExists: { status: 409, title: 'An instance of this id exists' },
  StatusForbids: { status: 409, title: 'The status of the instance forbids this' },
  VersionMisfit: { status: 409, title: 'The instance cannot go on under this version' },
  InstanceFinished: { status: 410, title: 'The instance is finished' },
  RevisionConflict: { status: 412, title: 'The draft has been changed by someone else' },
  PayloadTooLarge: { status: 413, title: 'The body is too large' },
  UnsupportedMediaType: { status: 415, title: 'Only JSON is understood' },
  RevisionRequired: { status: 428, title: 'The revision that was edited must be named' },
  RateLimited: { status: 429, title: 'Too many attempts' },
  InternalError: { status: 500, title: 'Something went wrong on the server' },
  EngineStopped: { status: 503, title: 'The server is shutting down' },
  StoreUnavailable: { status: 503, title: 'The database cannot be reached' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof table

export const problemCodes = Object.keys(table) as readonly ProblemCode[]

export const statusOf = (code: ProblemCode): number => table[code].status

export const titleOf = (code: ProblemCode): string => table[code].title

export interface ProblemJson {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ProblemCode
  readonly problems?: readonly Problem[]
  readonly [member: string]: unknown
}

interface ApiErrorMore {
  readonly problems?: readonly Problem[]
  /** Further members of the answer. */
  readonly members?: Readonly<Record<string, Json>>
  readonly headers?: Readonly<Record<string, string>>
  readonly cause?: unknown
}

/** An error whose detail is meant for the caller. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ProblemCode
  readonly more: ApiErrorMore

  constructor(code: ProblemCode, detail: string, more: ApiErrorMore = {}) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.more = more
  }
}

export const isProblemCode = (code: unknown): code is ProblemCode =>
  typeof code === 'string' && Object.hasOwn(table, code)

export function toProblemJson(error: ApiError): ProblemJson {
  const { status, title } = table[error.code]
  const { problems, members } = error.more
  return {
    type: `https://durable-canvas.dev/problems/${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    ...(problems && problems.length > 0 ? { problems } : {}),
    ...members,
  }
}
