// What handlers throw comes from three places: this package (ApiError), the engine and its store (errors with a code),
// and Express (errors with an HTTP status). All of them become an ApiError; whatever else is thrown stays hidden behind InternalError.
import { EngineError, InvalidCursor } from '@durable-canvas/interpreter'
import { ApiError, isProblemCode, type ProblemCode } from './problem-json.ts'

const ofHttpStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'InvalidRequest',
  404: 'NotFound',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
}

/** Stores are not named here, so their errors are known by their codes. */
const storeCodes: Readonly<Record<string, 'StoreUnavailable' | 'PayloadTooLarge'>> = {
  StoreFailed: 'StoreUnavailable',
  StoreUnavailable: 'StoreUnavailable',
  DocumentTooLarge: 'PayloadTooLarge',
}
const storeMessages = {
  StoreUnavailable: 'The database did not answer, so it is not known whether this took effect. Try again.',
  PayloadTooLarge: 'This is larger than one document of the database may be.',
}

export function apiErrorOf(thrown: unknown, requestId: string): ApiError {
  if (thrown instanceof ApiError) return thrown
  if (thrown instanceof EngineError && isProblemCode(thrown.code)) {
    return new ApiError(thrown.code, thrown.message, {
      problems: thrown.problems,
      ...(thrown.status ? { members: { instanceStatus: thrown.status } } : {}),
      cause: thrown,
    })
  }
  const ofStore = storeCodes[codeOf(thrown)]
  if (ofStore) return new ApiError(ofStore, storeMessages[ofStore], { cause: thrown })
  if (thrown instanceof InvalidCursor) return new ApiError('InvalidCursor', thrown.message, { cause: thrown })
  const code = ofHttpStatus[httpStatus(thrown)]
  if (code && thrown instanceof Error) return new ApiError(code, thrown.message, { cause: thrown })
  return new ApiError('InternalError', `The server's log tells more under the request id ${requestId}.`, {
    members: { requestId },
    cause: thrown,
  })
}

function codeOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  return typeof code === 'string' ? code : ''
}

/** Express and body-parser mark errors that are the caller's with `expose` and a status. */
function httpStatus(thrown: unknown): number {
  if (typeof thrown !== 'object' || thrown === null) return 500
  const status = 'status' in thrown ? thrown.status : undefined
  const exposed = 'expose' in thrown ? thrown.expose === true : thrown instanceof URIError
  return typeof status === 'number' && exposed ? status : 500
}
