// The end of every request that went wrong.
import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'
import { apiErrorOf } from '../api-error-of.ts'
import { ApiError, toProblemJson } from '../problem-json.ts'

export const nothingHere: RequestHandler = (request) => {
  throw new ApiError(
    'NotFound',
    `${request.method} ${request.path} is no call of this server. /api/openapi.json lists them all.`,
  )
}

export function answerErrors(log: Logger): ErrorRequestHandler {
  return (thrown: unknown, request, response, _next) => {
    const requestId = String(request.id ?? '')
    const error = apiErrorOf(thrown, requestId)
    if (error.code === 'InternalError' || error.code === 'StoreUnavailable')
      log.error({ err: thrown, requestId }, 'request failed')
    if (response.headersSent) {
      // Too late for an answer; a broken connection at least does not look like a whole one.
      response.destroy()
      return
    }
    sendProblem(response, error)
  }
}

function sendProblem(response: Parameters<ErrorRequestHandler>[2], error: ApiError): void {
  const body = toProblemJson(error)
  for (const [name, value] of Object.entries(error.more.headers ?? {})) response.setHeader(name, value)
  response.status(body.status).setHeader('content-type', 'application/problem+json; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  response.end(JSON.stringify(body))
}
