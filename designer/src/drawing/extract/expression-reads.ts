// Where an expression asks for something of its surroundings, to the letter: what is rewritten later is cut out there
// and nothing around it changes.
import { compileExpression, ExpressionError, expressionOffset, expressionSource } from '@durable-canvas/schema'

export interface Read {
  /** `order` in `$order`; `$`, `$$` or a bare name for what looks into the scope's own input. */
  readonly name: string
  readonly isInput: boolean
  readonly start: number
  readonly end: number
  /** The names that follow: `a`, `b` in `$steps.a.b`. */
  readonly members: readonly Member[]
}

export interface Member {
  readonly name: string
  readonly end: number
  /** The first sign that comes after it, other than white space. */
  readonly next: string
}

export interface Reads {
  readonly text: string
  readonly reads: readonly Read[]
  /** It looks into its input without saying so. */
  readonly hidesInput: boolean
}

/** Of a whole `{% … %}`, positions counted in it. Undefined if it cannot be read. */
export function readsOf(text: string): Reads | undefined {
  const offset = expressionOffset(text)
  const source = expressionSource(text)
  try {
    const { references, inputReferences, hidesInput } = compileExpression(source)
    const starts = new Map<number, Read>()
    let isFound = true
    for (const { name, position } of references) {
      if (!source.startsWith(`$${name}`, position)) isFound = false
      add(starts, text, { name, isInput: false, start: position + offset, end: position + offset + name.length + 1 })
    }
    for (const { name, position } of inputReferences) {
      const length = writtenLength(source, name, position)
      if (length === undefined) isFound = false
      const end = position + offset
      add(starts, text, { name, isInput: true, start: end - (length ?? name.length), end })
    }
    if (!isFound) return undefined
    const reads = [...starts.values()].sort((a, b) => a.start - b.start)
    return { text, reads, hidesInput }
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

/** The parser reads some parts twice. */
function add(found: Map<number, Read>, text: string, read: Omit<Read, 'members'>): void {
  if (!found.has(read.start)) found.set(read.start, { ...read, members: membersAfter(text, read.end) })
}

function writtenLength(source: string, name: string, end: number): number | undefined {
  const forms = [name, `\`${name}\``, `"${name}"`, `'${name}'`]
  return forms.find((form) => source.endsWith(form, end))?.length
}

const blank = /(?:\s|\/\*[\s\S]*?\*\/)*/y
const member = /\.(?:\s|\/\*[\s\S]*?\*\/)*(?:`([^`]*)`|([^\s.[\]{}(),@#;:?+\-*/%|=<>^&!~"'`$]+))/y

function membersAfter(text: string, from: number): Member[] {
  const members: Member[] = []
  for (let at = from; ; ) {
    member.lastIndex = afterBlank(text, at)
    const found = member.exec(text)
    const name = found?.[1] ?? found?.[2]
    if (name === undefined) return members
    at = member.lastIndex
    members.push({ name, end: at, next: signAfter(text, at) })
  }
}

function afterBlank(text: string, at: number): number {
  blank.lastIndex = at
  blank.exec(text)
  return blank.lastIndex
}

/** The first sign at or after the place, other than white space and comments. */
export function signAfter(text: string, at: number): string {
  return text.charAt(afterBlank(text, at))
}

/** Whether the read, until this place, is all that the expression says. */
export function isWhole({ text }: Pick<Reads, 'text'>, start: number, end: number): boolean {
  return text.slice(2, start).trim() === '' && text.slice(end, -2).trim() === ''
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/

/** A name as it is written behind a dot. */
export const written = (name: string): string => (plainName.test(name) ? name : `\`${name}\``)
