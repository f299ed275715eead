// Writes the route table as an OpenAPI 3.1 document.
import { type ProblemCode, statusOf, titleOf } from '../problem-json.ts'
import type { Route } from '../routes/route.ts'
import { componentSchemas, ref, type SchemaObject } from './component-schemas.ts'

/** What any call may answer beside its own errors. */
const everywhere: readonly ProblemCode[] = ['InternalError', 'StoreUnavailable', 'EngineStopped']

export function openApiDocument(routes: readonly Route[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const item = paths[route.path] ?? {}
    item[route.method] = operation(route)
    paths[route.path] = item
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'durable-canvas',
      version,
      description: 'Draw a workflow, deploy it, run it durably, watch it live. Errors are application/problem+json.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: componentSchemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Needed where the server was started with API_TOKEN.' },
        tokenInQuery: {
          type: 'apiKey',
          in: 'query',
          name: 'access_token',
          description: 'For streams: EventSource sends no headers.',
        },
      },
    },
  }
}

function operation(route: Route): Record<string, unknown> {
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    parameters: [
      ...Object.entries(route.params ?? {}).map(([name, schema]) => parameter('path', name, schema, true)),
      ...Object.entries(route.query ?? {}).map(([name, schema]) =>
        parameter('query', name, schema, route.requiredQuery?.includes(name) === true),
      ),
    ],
    ...(route.body
      ? {
          requestBody: {
            required: route.body.required,
            content: { 'application/json': { schema: route.body.schema } },
          },
        }
      : {}),
    responses: { ...answers(route), ...problems(route) },
    security: security(route),
  }
}

function parameter(where: 'path' | 'query', name: string, schema: SchemaObject, required: boolean) {
  const { description, ...rest } = schema
  return { name, in: where, required, ...(description ? { description } : {}), schema: rest }
}

function answers(route: Route): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(route.responses).map(([status, { description, schema, contentType, headers }]) => [
      status,
      {
        description,
        ...(headers
          ? {
              headers: Object.fromEntries(
                Object.entries(headers).map(([name, text]) => [
                  name,
                  { description: text, schema: { type: 'string' } },
                ]),
              ),
            }
          : {}),
        ...(schema || contentType
          ? { content: { [contentType ?? 'application/json']: { schema: schema ?? { type: 'string' } } } }
          : {}),
      },
    ]),
  )
}

/** The codes that share a status share an answer. */
function problems(route: Route): Record<string, unknown> {
  const codes = new Set<ProblemCode>([...(route.errors ?? []), ...ofInput(route), ...ofAccess(route), ...everywhere])
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of codes) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code])
  return Object.fromEntries(
    [...byStatus]
      .filter(([status]) => route.responses[status] === undefined)
      .map(([status, same]) => [
        String(status),
        {
          description: same.map((code) => `\`${code}\`: ${titleOf(code)}.`).join(' '),
          content: { 'application/problem+json': { schema: ref('ProblemJson') } },
        },
      ]),
  )
}

function ofInput(route: Route): readonly ProblemCode[] {
  if (route.body) return ['InvalidRequest', 'InvalidJson', 'PayloadTooLarge', 'UnsupportedMediaType']
  return route.params || route.query ? ['InvalidRequest'] : []
}

const ofAccess = (route: Route): readonly ProblemCode[] => (route.access === 'open' ? [] : ['Unauthorized'])

/** `{}`: a server without a token asks for none. */
function security(route: Route): readonly Record<string, readonly string[]>[] {
  if (route.access === 'open') return []
  return [{ token: [] }, ...(route.access === 'tokenOrQuery' ? [{ tokenInQuery: [] }] : []), {}]
}
