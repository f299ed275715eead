// Puts the route table into Express: one handler for each route, and 405 for the other methods of each path.
import { type Express, type Request, type Response, Router } from 'express'
import type { Door } from '../door.ts'
import { ApiError } from '../problem-json.ts'
import type { Answer, Route } from '../routes/route.ts'
import { requestCheckOf } from './check-request.ts'
import { readJsonBody } from './json-body.ts'
import { markRoute } from './request-log.ts'
import type { TokenCheck } from './token-check.ts'

export function mountRoutes(app: Express, routes: readonly Route[], door: Door, checkToken: TokenCheck): void {
  const router = Router()
  for (const route of routes) {
    const handle = handlerOf(route, door, checkToken)
    router[route.method](expressPath(route.path), handle)
  }
  for (const [path, methods] of methodsByPath(routes)) {
    router.all(path, (_request, response) => {
      response.setHeader('allow', methods.join(', '))
      throw new ApiError('MethodNotAllowed', `Allowed here: ${methods.join(', ')}.`)
    })
  }
  app.use(router)
}

function handlerOf(route: Route, door: Door, checkToken: TokenCheck) {
  const check = requestCheckOf(route)
  return async (request: Request, response: Response): Promise<void> => {
    markRoute(response, route)
    checkToken(request, route.access ?? 'token')
    const body = route.body ? await readJsonBody(request, response, route.body.anyContentType) : undefined
    const query = { ...request.query }
    if (route.access === 'tokenOrQuery') delete query.access_token
    const input = check({ params: { ...request.params } as Record<string, string>, query, body })
    send(response, await route.handle({ ...input, headers: request.headers, door, request, response }))
  }
}

function send(response: Response, answer: Answer | undefined): void {
  if (!answer || response.headersSent) return
  response.status(answer.status)
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value)
  if (answer.body === undefined) response.end()
  else response.json(answer.body)
}

export const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const methods = new Map<string, string[]>()
  for (const route of routes) {
    const path = expressPath(route.path)
    const known = methods.get(path) ?? []
    known.push(route.method.toUpperCase(), ...(route.method === 'get' ? ['HEAD'] : []))
    methods.set(path, known)
  }
  return methods
}
