import { arrayFunctions } from './functions/arrays.ts'
import { dateFunctions } from './functions/dates.ts'
import { encodingFunctions } from './functions/encoding.ts'
import { higherOrderFunctions } from './functions/higher-order.ts'
import { matchingFunctions } from './functions/matching.ts'
import { numberFunctions } from './functions/numbers.ts'
import { objectFunctions } from './functions/objects.ts'
import { stringFunctions } from './functions/strings.ts'
import type { Run } from './run.ts'
import { parseSignature } from './signature.ts'
import { type FunctionValue, functionValue, type Value } from './value.ts'

export interface BuiltIn {
  readonly signature: string
  /** How many arguments a higher-order function hands to it. */
  readonly arity: number
  readonly call: (args: readonly Value[], run: Run) => Value
}

export type BuiltIns = Readonly<Record<string, BuiltIn>>

const definitions = new Map<string, BuiltIn>(
  [
    stringFunctions,
    matchingFunctions,
    encodingFunctions,
    numberFunctions,
    arrayFunctions,
    objectFunctions,
    higherOrderFunctions,
    dateFunctions,
  ].flatMap((functions) => Object.entries(functions)),
)

/** What a built-in function takes of JavaScript's stack before it calls back: $sort does so within its merges. */
const framesOf = (name: string) => (name === 'sort' ? 40 : 10)

const made = new Map<string, FunctionValue>()

export const builtInNames: ReadonlySet<string> = new Set(definitions.keys())

export function builtIn(name: string): FunctionValue | undefined {
  const known = made.get(name)
  if (known !== undefined) return known
  const definition = definitions.get(name)
  if (definition === undefined) return undefined
  const { call, arity, signature } = definition
  const value = functionValue(
    (args, _context, run) => call(args, run),
    arity,
    parseSignature(signature),
    framesOf(name),
  )
  made.set(name, value)
  return value
}

/** Whether a call with this many arguments may take the context as one more. */
export function takesContext(name: string, count: number): boolean {
  const parameters = builtIn(name)?.declared?.parameters ?? []
  const wanted = parameters.filter((parameter) => parameter.usesContext || !parameter.isOptional)
  return parameters.some((parameter) => parameter.usesContext) && count < wanted.length
}
