import { Fault } from './fault.ts'
import type { Run } from './run.ts'
import { isArray, isFunction, type Value } from './value.ts'

// A signature such as <s-nn?:s>: one letter per parameter, `-` takes the context where the argument is missing,
// `?` is optional, `+` repeats, (…) is a choice, a<n> an array of numbers. The return type is not checked.

export interface Signature {
  readonly definition: string
  readonly parameters: readonly Parameter[]
}

interface Parameter {
  /** The letters of the types that fit; `m` is a missing argument. */
  readonly accepts: string
  readonly type: string
  isOptional: boolean
  repeats: boolean
  usesContext: boolean
  itemType: string | undefined
}

const acceptedTypes: Readonly<Record<string, string>> = {
  s: 'sm',
  n: 'nm',
  b: 'bm',
  l: 'lm',
  o: 'om',
  a: 'asnblfom',
  f: 'f',
  j: 'asnblom',
  x: 'asnblfom',
}

/** The parser has refused what is not well formed; letters without a meaning are passed over, as it does. */
export function parseSignature(definition: string): Signature {
  const parameters: Parameter[] = []
  for (let at = 1; at < definition.length && definition[at] !== ':'; at++) {
    const letter = definition.charAt(at)
    const previous = parameters.at(-1)
    const accepts = acceptedTypes[letter]
    if (accepts !== undefined) parameters.push(parameter(letter, accepts))
    else if (letter === '(') {
      const end = closing(definition, at, '(', ')')
      parameters.push(parameter('(', `${definition.slice(at + 1, end)}m`))
      at = end
    } else if (letter === '<') {
      const end = closing(definition, at, '<', '>')
      if (previous !== undefined) previous.itemType = definition.slice(at + 1, end)
      at = end
    } else if (previous !== undefined && '-?+'.includes(letter)) {
      if (letter === '-') previous.usesContext = true
      if (letter === '+') previous.repeats = true
      else previous.isOptional = true
    }
  }
  return { definition, parameters }
}

function parameter(type: string, accepts: string): Parameter {
  return { accepts, type, isOptional: false, repeats: false, usesContext: false, itemType: undefined }
}

function closing(text: string, start: number, open: string, close: string): number {
  let depth = 1
  let at = start
  while (depth > 0 && at < text.length) {
    at++
    if (text[at] === open) depth++
    if (text[at] === close) depth--
  }
  return at
}

/** The arguments as the function takes them: the context filled in, single values wrapped where arrays are declared. */
export function checkArguments(
  signature: Signature,
  args: readonly Value[],
  context: Value,
  run: Run,
): readonly Value[] {
  return checkSimple(signature, args, run) ?? checkAll(signature, args, context, run)
}

/** Nearly every call has one fitting argument for each parameter; undefined if this one has not. */
function checkSimple(signature: Signature, args: readonly Value[], run: Run): readonly Value[] | undefined {
  const { parameters } = signature
  if (args.length > parameters.length) return undefined
  for (let at = 0; at < parameters.length; at++) {
    const declared = parameters[at]
    if (declared === undefined || declared.repeats) return undefined
    if (at >= args.length) {
      if (!declared.isOptional || declared.usesContext) return undefined
    } else if (!declared.accepts.includes(typeLetter(args[at]))) return undefined
  }
  let checked: Value[] | undefined
  for (let at = 0; at < args.length; at++) {
    const declared = parameters[at]
    if (declared?.type !== 'a') continue
    const items = toArray(declared, args[at], at, run)
    if (items === args[at]) continue
    checked ??= args.slice()
    checked[at] = items
  }
  return checked ?? args
}

function checkAll(signature: Signature, args: readonly Value[], context: Value, run: Run): readonly Value[] {
  const { parameters } = signature
  run.charge((parameters.length * args.length) >> 2)
  const types = args.map(typeLetter)
  const counts = countPerParameter(parameters, types)
  if (counts === undefined) throw mismatch(parameters, args, types)
  const checked: Value[] = []
  let next = 0
  parameters.forEach((declared, at) => {
    const count = counts[at] ?? 0
    if (count === 0 && declared.usesContext) checked.push(checkContext(declared, context, next))
    else if (count === 0) checked.push(args[next++])
    for (let taken = 0; taken < count; taken++, next++) {
      checked.push(declared.type === 'a' ? toArray(declared, args[next], next, run) : args[next])
    }
  })
  return checked
}

/** How many arguments each parameter takes, the first ones as many as they can: what a regular expression would do. */
function countPerParameter(parameters: readonly Parameter[], types: readonly string[]): number[] | undefined {
  const counts: number[] = []
  const failed = new Set<number>()
  const fits = (at: number, next: number): boolean => {
    const declared = parameters[at]
    if (declared === undefined) return next === types.length
    const state = at * (types.length + 1) + next
    if (failed.has(state)) return false
    const most = declared.repeats ? types.length - next : 1
    let count = 0
    while (count < most && declared.accepts.includes(types[next + count] ?? '!')) count++
    for (; count >= (declared.isOptional ? 0 : 1); count--) {
      counts[at] = count
      if (fits(at + 1, next + count)) return true
    }
    failed.add(state)
    return false
  }
  return fits(0, 0) ? counts : undefined
}

function mismatch(parameters: readonly Parameter[], args: readonly Value[], types: readonly string[]): Fault {
  let good = 0
  for (const declared of parameters) {
    if (declared.accepts.includes(types[good] ?? '!')) good++
    else if (!declared.isOptional) break
  }
  return new Fault('T0410', { value: args[good], index: good + 1 })
}

function checkContext(declared: Parameter, context: Value, index: number): Value {
  if (declared.accepts.includes(typeLetter(context))) return context
  throw new Fault('T0411', { value: context, index: index + 1 })
}

function toArray(declared: Parameter, value: Value, index: number, run: Run): Value {
  if (value === undefined) return undefined
  const { itemType } = declared
  const items = isArray(value) ? value : [value]
  if (itemType !== undefined) {
    run.chargeElements(items.length)
    const wanted = itemType.charAt(0)
    for (const item of items) {
      if (typeLetter(item) !== wanted) throw new Fault('T0412', { value, index: index + 1, type: itemType })
    }
  }
  return items
}

function typeLetter(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 's'
    case 'number':
      return 'n'
    case 'boolean':
      return 'b'
    case 'object':
      return value === null ? 'l' : isArray(value) ? 'a' : 'o'
    default:
      return isFunction(value) ? 'f' : 'm'
  }
}
