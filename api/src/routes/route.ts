// A route is data: the table of them is what is served, what is validated and what /api/openapi.json describes, so the three cannot disagree.
import type { IncomingHttpHeaders } from 'node:http'
import type { Request, Response } from 'express'
import type { Door } from '../door.ts'
import type { SchemaObject } from '../openapi/component-schemas.ts'
import type { ProblemCode } from '../problem-json.ts'

export type Method = 'get' | 'post' | 'put' | 'delete'

/**
 * open: for everybody; token: with the API token where one is set; tokenOrQuery: also as `?access_token=`, for EventSource;
 * tokenOrCode: also as `?code=` or `x-functions-key`, for clients of Azure.
 */
export type Access = 'open' | 'token' | 'tokenOrQuery' | 'tokenOrCode'

export type Tag = 'Definitions' | 'Drafts' | 'Instances' | 'Streams' | 'Activities' | 'Server' | 'Durable Functions'

export interface RouteBody {
  readonly schema: SchemaObject
  readonly required: boolean
  /** engine: the schema only describes; the engine checks, since it says more about what is wrong. */
  readonly checkedBy: 'door' | 'engine'
  /** Taken as JSON whatever the content type says. */
  readonly anyContentType?: boolean
}

export interface RouteResponse {
  readonly description: string
  readonly schema?: SchemaObject
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface RouteInput {
  readonly params: Readonly<Record<string, string>>
  readonly query: object
  readonly body: unknown
}

export interface Call<Input extends RouteInput> {
  readonly params: Input['params']
  readonly query: Input['query']
  readonly body: Input['body']
  readonly headers: IncomingHttpHeaders
  readonly door: Door
  readonly request: Request
  readonly response: Response
}

/** What a handler gives back; `undefined` when it has written the response itself. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Route<Input extends RouteInput = RouteInput> {
  readonly method: Method
  /** As OpenAPI writes it: /api/instances/{id}. */
  readonly path: string
  readonly operationId: string
  readonly tag: Tag
  readonly summary: string
  readonly description?: string
  readonly access?: Access
  readonly params?: Readonly<Record<string, SchemaObject>>
  readonly query?: Readonly<Record<string, SchemaObject>>
  /** Query parameters that are not named are let through, for clients written for another server. */
  readonly looseQuery?: boolean
  readonly requiredQuery?: readonly string[]
  readonly body?: RouteBody
  readonly responses: Readonly<Record<number, RouteResponse>>
  readonly errors?: readonly ProblemCode[]
  readonly handle: (call: Call<Input>) => Promise<Answer | undefined> | Answer | undefined
}

/** Input is what the route's schemas let through; this is the one place where the types take the schemas' word. */
export const defineRoute = <Input extends Partial<RouteInput>>(route: Route<RouteInput & Input>): Route =>
  route as unknown as Route

export const json = (status: number, body: unknown, headers?: Readonly<Record<string, string>>): Answer => ({
  status,
  body,
  ...(headers ? { headers } : {}),
})
