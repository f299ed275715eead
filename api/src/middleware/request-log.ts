// One id for each request, one log line when it is answered (debug; warn and error for what failed on our side), and its duration in the metrics.
// Addresses are logged without their query, which may hold a token or a person's data.
import { randomUUID } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'
import type { Metrics } from '../metrics.ts'
import type { Route } from '../routes/route.ts'

export function logRequests(log: Logger, metrics: Metrics): RequestHandler {
  const logger = pinoHttp({
    logger: log,
    quietReqLogger: true,
    genReqId: (_request, response) => {
      const id = randomUUID()
      response.setHeader('x-request-id', id)
      return id
    },
    customLogLevel: (_request, response, error) => (response.statusCode >= 500 ? (error ? 'error' : 'warn') : 'debug'),
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  })
  return (request, response, next) => {
    const started = process.hrtime.bigint()
    response.once('finish', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9
      metrics.observeRequest(request.method, routeOf(response), response.statusCode, seconds)
    })
    logger(request, response)
    next()
  }
}

/** Metrics speak of the route's pattern: an address with ids in it would be a new time series each. */
export function markRoute(response: Response, route: Route): void {
  response.locals.route = route.path
}

const routeOf = (response: Response): string =>
  typeof response.locals.route === 'string' ? response.locals.route : 'other'
