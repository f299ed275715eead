import { checkJsonSchema } from '../json-schema-check.ts'
import { problem } from '../problem-codes.ts'
import type { Rule } from './subject.ts'

export const invalidJsonSchema: Rule = function* ({ document, steps }) {
  const schemas = [
    { schema: document.input, pointer: '/input', step: undefined },
    { schema: document.output, pointer: '/output', step: undefined },
    ...steps.flatMap(({ step, pointer, path }) =>
      step.type === 'waitForEvent' ? [{ schema: step.schema, pointer: `${pointer}/schema`, step: path }] : [],
    ),
  ]
  for (const { schema, pointer, step } of schemas) {
    if (schema === undefined) continue
    for (const fault of checkJsonSchema(schema, pointer))
      yield problem('InvalidJsonSchema', { path: fault.pointer, step }, `In this JSON Schema: ${fault.message}`)
  }
}
