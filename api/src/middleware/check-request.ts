// Compiles a route's schemas at its first request and checks what arrives against them; all at once they are a good part of the
// time that the server takes to begin. Parameters come as text and are converted; bodies are taken as they are.
import type { Problem } from '@durable-canvas/schema'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { componentSchemas, type SchemaObject } from '../openapi/component-schemas.ts'
import { ApiError } from '../problem-json.ts'
import type { Route, RouteInput } from '../routes/route.ts'

const options = { strict: false, allErrors: true, validateFormats: true } as const
const asTheyAre = new Ajv2020(options)
const fromText = new Ajv2020({ ...options, coerceTypes: true, useDefaults: true })
addFormats.default(asTheyAre)
addFormats.default(fromText)

const withComponents = (schema: SchemaObject): SchemaObject => ({
  ...schema,
  components: { schemas: componentSchemas },
})

export const compileSchema = (schema: SchemaObject): ValidateFunction => asTheyAre.compile(withComponents(schema))

export type RequestCheck = (input: {
  params: Record<string, string>
  query: Record<string, unknown>
  body: unknown
}) => RouteInput

export function requestCheckOf(route: Route): RequestCheck {
  let check: RequestCheck | undefined
  return (input) => {
    check ??= compileRequestCheck(route)
    return check(input)
  }
}

export function compileRequestCheck(route: Route): RequestCheck {
  const params = fromText.compile({ type: 'object', properties: route.params ?? {} })
  const query = fromText.compile({
    type: 'object',
    properties: route.query ?? {},
    required: [...(route.requiredQuery ?? [])],
    additionalProperties: route.looseQuery === true,
  })
  const body = route.body?.checkedBy === 'door' ? compileSchema(route.body.schema) : null

  return (input) => {
    refuse('path', params, input.params)
    refuse('query', query, input.query)
    if (route.body?.required && input.body === undefined) throw new ApiError('InvalidRequest', 'A JSON body is needed.')
    if (body && input.body !== undefined) refuse('body', body, input.body)
    return input
  }
}

function refuse(where: 'path' | 'query' | 'body', validate: ValidateFunction, value: unknown): void {
  if (validate(value)) return
  const problems = problemsOf(where, validate.errors ?? [])
  throw new ApiError('InvalidRequest', problems.map((problem) => problem.message).join(' '), { problems })
}

const maxProblems = 20

export function problemsOf(where: 'path' | 'query' | 'body', errors: readonly ErrorObject[]): readonly Problem[] {
  return errors.slice(0, maxProblems).map((error) => ({
    code: 'InvalidRequest',
    severity: 'error',
    path: where === 'body' ? error.instancePath : `/${where}${error.instancePath}`,
    message: sentence(where, error),
  }))
}

function sentence(where: string, error: ErrorObject): string {
  const at = error.instancePath === '' ? `The ${where}` : `${where} ${error.instancePath}`
  if (error.keyword === 'additionalProperties')
    return `${at} has "${error.params.additionalProperty}", which is not known.`
  if (error.keyword === 'enum') return `${at} must be one of ${error.params.allowedValues.join(', ')}.`
  return `${at} ${error.message ?? 'is not valid'}.`
}
