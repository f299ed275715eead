import { expressionOffset } from './expression/index.ts'
import { resolvePointer, stepAt } from './json-pointer.ts'
import { type JsonFault, scanJson } from './json-scan.ts'
import { limits } from './limits.ts'
import { type Location, locationAt, locator, offsetInString } from './locate.ts'
import { type CheckContext, type Parsed, parseDefinition } from './parse.ts'
import type { Problem } from './problem.ts'
import { type ProblemCode, problem } from './problem-codes.ts'

export interface LocatedProblem extends Problem, Location {}

export interface ParsedText extends Parsed {
  readonly problems: LocatedProblem[]
}

/** As parseDefinition, from JSON text: every problem also has its line and column. Never throws. */
export function parseDefinitionText(text: string, context: CheckContext = {}): ParsedText {
  if (text.length > limits.textSize)
    return refused([placed('DocumentTooLarge', '', `The text is longer than ${limits.textSize} characters`, text, 0)])
  // A byte order mark is no JSON, but editors write it; a space in its place keeps every offset.
  const json = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text
  const repeated: LocatedProblem[] = []
  const fault = scanJson(json, {
    key(pointer, offset, isRepeated) {
      if (isRepeated) repeated.push(placed('DuplicateKey', pointer, repeatedMessage(pointer), json, offset))
    },
  })
  if (fault) return refused([...repeated, describeFault(fault, json)])
  const document: unknown = JSON.parse(json)
  const { definition, problems } = parseDefinition(document, context)
  const located = [...repeated, ...locateProblems(problems, document, json)]
  return { definition: repeated.length > 0 ? null : definition, problems: located }
}

const refused = (problems: LocatedProblem[]): ParsedText => ({ definition: null, problems })

function placed(code: ProblemCode, path: string, message: string, text: string, offset: number): LocatedProblem {
  return { ...problem(code, { path, step: stepAt(path)?.path }, message), ...locationAt(text, offset) }
}

function describeFault(fault: JsonFault, text: string): LocatedProblem {
  const { line, column } = locationAt(text, fault.offset)
  const message = `Line ${line}, column ${column}: ${fault.message}`
  return placed(fault.kind === 'depth' ? 'NestedTooDeep' : 'JsonSyntax', '', message, text, fault.offset)
}

function repeatedMessage(pointer: string): string {
  const [name = '', parent] = pointer.split('/').reverse()
  if (parent === 'steps') return `There are two steps with the id \`${name}\``
  if (parent === 'branches') return `There are two branches with the name \`${name}\``
  return `The key \`${name}\` stands twice in the same object`
}

const aboutKeys: ReadonlySet<string> = new Set<ProblemCode>([
  'UnknownProperty',
  'InvalidName',
  'ForbiddenName',
  'ReservedVariable',
])

function locateProblems(problems: readonly Problem[], document: unknown, text: string): LocatedProblem[] {
  const find = locator(text, new Set(problems.map(({ path }) => path)))
  return problems.map((each) => {
    const place = find(each.path, aboutKeys.has(each.code) ? 'key' : 'value') ?? locationAt(text, 0)
    const value = each.position === undefined ? undefined : resolvePointer(document, each.path)
    if (each.position === undefined || typeof value !== 'string') return { ...each, ...place }
    const inside = offsetInString(text, place.offset, expressionOffset(value) + each.position)
    return { ...each, ...locationAt(text, inside) }
  })
}
