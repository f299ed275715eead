import type { ErrorObject } from 'ajv'
import { validateDefinition } from './definition-validator.generated.js'
import { pointerOf, pointerSegments, resolvePointer, stepAt } from './json-pointer.ts'
import { didYouMean } from './nearest.ts'
import { propertiesAt } from './object-shapes.ts'
import type { Problem } from './problem.ts'
import { type ProblemCode, problem } from './problem-codes.ts'
import { stepTypes } from './step-kinds.ts'

// What the JSON Schema finds, said in plain words: a validator's errors are many and speak of keywords, an author wants one
// sentence per mistake.

export function checkShape(document: unknown): Problem[] {
  if (validateDefinition(document)) return []
  const problems = new Map<string, Problem>()
  for (const error of withoutAlternatives(validateDefinition.errors ?? [])) {
    const found = describe(error, document)
    if (found) problems.set(`${found.code} ${found.path} ${found.message}`, found)
  }
  return [...problems.values()]
}

/** A value that fits none of several alternatives fails each of them; only the failure as a whole is news. */
function withoutAlternatives(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const heads = new Set(errors.filter(({ keyword }) => keyword === 'oneOf').map(({ instancePath }) => instancePath))
  if (heads.size === 0) return errors
  const isBelow = (path: string) => {
    for (const head of heads) if (path === head || path.startsWith(`${head}/`)) return true
    return false
  }
  return errors.filter(({ keyword, instancePath }) => keyword === 'oneOf' || !isBelow(instancePath))
}

function describe(error: ErrorObject, document: unknown): Problem | undefined {
  const { instancePath: at, params } = error
  const value = resolvePointer(document, at)
  const report = (code: ProblemCode, message: string, path = at) =>
    problem(code, { path, step: stepAt(path)?.path }, message)
  switch (error.keyword) {
    case 'required':
      return report('MissingProperty', `\`${params.missingProperty}\` is missing`)
    case 'additionalProperties': {
      const name = String(params.additionalProperty)
      const known = propertiesAt(document, at)
      return report('UnknownProperty', `Unknown property \`${name}\`${didYouMean(name, known)}`, pointerOf(at, name))
    }
    case 'discriminator':
      return describeType(value, at)
    case 'type':
      return report(
        'WrongType',
        `${subject(at)} must be ${listed([params.type].flat().map(withArticle))}, not ${kind(value)}`,
      )
    case 'propertyNames':
      return report(
        'InvalidName',
        `\`${clip(String(params.propertyName))}\` is no name: ${nameRule(at)}`,
        pointerOf(at, String(params.propertyName)),
      )
    case 'pattern':
      if (error.propertyName !== undefined) return undefined
      return describePattern(String(params.pattern), value, at)
    case 'minimum':
    case 'maximum':
      return report(
        isIn(at, 'retry') ? 'RetryOutOfRange' : 'InvalidValue',
        `${subject(at)} must be ${error.keyword === 'minimum' ? 'at least' : 'at most'} ${params.limit}, not ${value}`,
      )
    case 'minLength':
      return report('InvalidValue', `${subject(at)} must not be empty`)
    case 'maxLength':
      return report('InvalidValue', `${subject(at)} may have ${params.limit} characters at most`)
    case 'minItems':
    case 'minProperties':
      if (pointerSegments(at).at(-1) === 'steps') return report('EmptyScope', 'There is no step yet')
      return report('InvalidValue', `${subject(at)} must hold at least one ${member(at)}`)
    case 'maxProperties':
      return report(
        'InvalidValue',
        `${subject(at)} takes only one of ${listed(propertiesAt(document, at).map(quoted))}`,
      )
    case 'const':
      return report('InvalidValue', `${subject(at)} must be ${JSON.stringify(params.allowedValue)}`)
    case 'enum': {
      const allowed: readonly unknown[] = params.allowedValues
      return report('InvalidValue', `${subject(at)} must be ${listed(allowed.map((item) => JSON.stringify(item)))}`)
    }
    case 'oneOf':
      return report('InvalidValue', `${subject(at)} must be ${alternatives(at)}`)
    default:
      return report('InvalidValue', `${subject(at)} ${error.message ?? 'is not valid'}`)
  }
}

function describeType(step: unknown, at: string): Problem | undefined {
  const place = { path: at, step: stepAt(at)?.path }
  const type = resolvePointer(step, '/type')
  // A missing type is told by `required`.
  if (type === undefined) return undefined
  const typePlace = { ...place, path: pointerOf(at, 'type') }
  if (typeof type !== 'string') return problem('WrongType', typePlace, `\`type\` must be a string, not ${kind(type)}`)
  return problem(
    'UnknownStepType',
    typePlace,
    `Unknown step type \`${clip(type)}\`${didYouMean(type, stepTypes) || `; there are ${stepTypes.join(', ')}`}`,
  )
}

function describePattern(pattern: string, value: unknown, at: string): Problem {
  const place = { path: at, step: stepAt(at)?.path }
  if (pattern.includes('{%'))
    return problem('InvalidValue', place, `${subject(at)} must be an expression between {% and %}`)
  return problem('InvalidName', place, `${JSON.stringify(clip(String(value)))} is no name: ${nameRule(at)}`)
}

function nameRule(at: string): string {
  const last = pointerSegments(at).at(-1)
  if (last === 'name' || last === 'definition') return 'small letters, digits and `-`, a letter first, at most 63'
  if (last === 'variables' || last === 'assign' || last === 'item')
    return 'letters, digits and `_`, no digit first, at most 63'
  if (last === 'activity') return 'letters, digits, `_`, `.` and `-`, no digit first, at most 127'
  if (last === 'queue') return 'letters, digits, `_`, `.` and `-`, at most 63'
  return 'letters, digits, `_` and `-`, no digit first, at most 63'
}

function alternatives(at: string): string {
  switch (pointerSegments(at).at(-1)) {
    case 'when':
      return 'an expression between {% and %}, true or false'
    case 'completion':
      return '"all", "any" or {"atLeast": n} with n from 1'
    case 'version':
      return 'a version number from 1, or "latest"'
    default:
      return 'one of the forms that the language has for it'
  }
}

function subject(at: string): string {
  const segments = pointerSegments(at)
  const last = segments.at(-1)
  const parent = segments.at(-2)
  if (last === undefined) return 'A definition'
  if (parent === 'steps') return `Step \`${clip(last)}\``
  if (parent === 'branches') return `Branch \`${clip(last)}\``
  return /^\d+$/.test(last) && parent !== undefined ? `\`${clip(parent)}[${last}]\`` : `\`${clip(last)}\``
}

function member(at: string): string {
  const members: { readonly [field: string]: string } = {
    steps: 'step',
    branches: 'branch',
    choices: 'choice',
    catch: 'catcher',
    errors: 'error type',
    retryOn: 'error type',
    abortOn: 'error type',
  }
  return members[pointerSegments(at).at(-1) ?? ''] ?? 'property'
}

const isIn = (at: string, field: string) => pointerSegments(at).at(-2) === field

const quoted = (name: string) => `\`${name}\``

const clip = (text: string) => (text.length > 80 ? `${text.slice(0, 77)}…` : text)

const withArticle = (type: unknown) => (/^[aeiou]/.test(String(type)) ? `an ${type}` : `a ${type}`)

const listed = (items: readonly string[]) =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`

function kind(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return withArticle(typeof value)
}
