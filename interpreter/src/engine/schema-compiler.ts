// JSON Schemas of definitions and activities, compiled once with ajv.

import type { Json, JsonSchema, Problem } from '@durable-canvas/schema'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

export type SchemaCheck = (value: Json) => readonly Problem[]

const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: true, addUsedSchema: false, logger: false })
addFormats.default(ajv)

const nothing: readonly Problem[] = []

/** Throws where the schema itself is none (an unknown reference, a bad keyword). */
export function compileSchema(schema: JsonSchema): SchemaCheck {
  if (schema === true) return () => nothing
  const validate = ajv.compile(withoutId(schema))
  return (value) => (validate(value) ? nothing : (validate.errors ?? []).slice(0, 20).map(problemOf))
}

/** Two definitions may carry the same $id; nothing refers to it from outside, so it is left out. */
function withoutId(schema: JsonSchema): JsonSchema {
  if (typeof schema !== 'object' || !('$id' in schema)) return schema
  const { $id: _, ...rest } = schema as { readonly [key: string]: Json }
  return rest
}

function problemOf(error: ErrorObject): Problem {
  const params = error.params as { readonly additionalProperty?: string; readonly allowedValues?: readonly unknown[] }
  const named = params.additionalProperty === undefined ? '' : ` (${params.additionalProperty})`
  const allowed =
    params.allowedValues === undefined ? '' : `: ${params.allowedValues.map((v) => JSON.stringify(v)).join(', ')}`
  return {
    code: 'InvalidInput',
    severity: 'error',
    path: error.instancePath,
    message: `${error.instancePath === '' ? 'the value' : error.instancePath} ${error.message ?? 'is not valid'}${named}${allowed}`,
  }
}

/** In one line, for failures. */
export const inWords = (problems: readonly Problem[]): string | null =>
  problems.length === 0 ? null : problems.map((problem) => problem.message).join('; ')
