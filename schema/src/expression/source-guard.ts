import { nestingLimit, sourceLimit } from './budget.ts'
import { Fault } from './fault.ts'

// The package's parser recurses, and it copies the left side of `??` and `?:` into the tree twice: 25 nested ones in
// 150 characters would fill the heap. So before it runs, this reads the source by the parser's own rules for tokens
// and refuses what would nest too deep or double too often.

const doublingLimit = 6
const spaces = ' \t\n\r\v'
const delimiters = '.[]{}(),@#;:?+-*/%|=<>^&!~'
const twoCharacters = new Set(['..', ':=', '!=', '>=', '<=', '**', '~>', '?:', '??'])
const wordOperators = new Set(['and', 'or', 'in'])

/** A pair of brackets, or a transform between its bars. */
interface Group {
  readonly opener: string
  /** Operators since the last comma: each may nest the tree by one. */
  operators: number
  /** Deepest nesting of the groups since the last comma. */
  inner: number
  /** Deepest nesting of what stood before the last comma. */
  depth: number
  /** How often the parser has doubled what a further `??` would double again. */
  doublings: number
  /** The largest number of doublings within. */
  worst: number
  bars: number
}

export function guardSource(source: string): void {
  if (source.length > sourceLimit) throw new Fault('S9001', { value: sourceLimit, position: sourceLimit })
  new SourceGuard(source).check()
}

class SourceGuard {
  readonly #source: string
  #at = 0
  readonly #groups: Group[] = [group('')]
  #needsOperand = true
  /** Whether a slash would start a regular expression: the parser asks for the next token before it knows. */
  #slashIsRegex = true
  #lastName = ''
  #lastOperator = ''
  #isSignatureNext = false
  readonly #afterFunction: boolean[] = []

  constructor(source: string) {
    this.#source = source
  }

  check(): void {
    while (this.#at < this.#source.length) {
      const start = this.#at
      this.#readToken()
      if (this.#at === start) this.#at++
    }
    while (this.#groups.length > 1) this.#close()
  }

  #readToken(): void {
    const character = this.#source.charAt(this.#at)
    if (spaces.includes(character)) {
      this.#at++
      return
    }
    if (this.#source.startsWith('/*', this.#at)) return this.#skipPast('*/', this.#at + 2)
    if (character === '/' && this.#slashIsRegex) return this.#readRegex()
    if (character === '"' || character === "'") return this.#readString(character)
    if (character === '`') {
      const start = this.#at + 1
      this.#skipPast('`', start)
      return this.#readOperand(this.#source.slice(start, this.#at - 1))
    }
    if (delimiters.includes(character)) return this.#readOperator()
    this.#readWord()
  }

  #skipPast(end: string, from: number): void {
    const found = this.#source.indexOf(end, from)
    this.#at = found < 0 ? this.#source.length : found + end.length
  }

  #readString(quote: string): void {
    this.#at++
    while (this.#at < this.#source.length && this.#source.charAt(this.#at) !== quote) {
      this.#at += this.#source.charAt(this.#at) === '\\' ? 2 : 1
    }
    this.#at++
    this.#readOperand('')
  }

  #readRegex(): void {
    let depth = 0
    const { length } = this.#source
    for (this.#at++; this.#at < length; this.#at++) {
      const character = this.#source.charAt(this.#at)
      const isEscaped = this.#source.charAt(this.#at - 1) === '\\'
      if (character === '/' && depth === 0 && this.#backslashesBefore() % 2 === 0) break
      if ('([{'.includes(character) && !isEscaped) depth++
      if (')]}'.includes(character) && !isEscaped) depth--
    }
    this.#at++
    this.#readOperand('')
  }

  #backslashesBefore(): number {
    let count = 0
    while (this.#source.charAt(this.#at - count - 1) === '\\') count++
    return count
  }

  #readWord(): void {
    const start = this.#at
    while (this.#at < this.#source.length && !`${spaces}${delimiters}`.includes(this.#source.charAt(this.#at)))
      this.#at++
    const word = this.#source.slice(start, this.#at)
    if (wordOperators.has(word) && !this.#needsOperand) this.#infix(word)
    else this.#readOperand(word)
  }

  #readOperand(name: string): void {
    this.#lastName = name
    this.#needsOperand = false
    this.#slashIsRegex = false
  }

  #readOperator(): void {
    const pair = this.#source.slice(this.#at, this.#at + 2)
    const operator = twoCharacters.has(pair) ? pair : this.#source.charAt(this.#at)
    if (operator === '<' && this.#isSignatureNext) return this.#skipSignature()
    this.#isSignatureNext = false
    this.#at += operator.length
    if ('([{'.includes(operator)) this.#open(operator)
    else if (')]}'.includes(operator)) this.#close()
    else if (operator === ',' || operator === ';') this.#separate()
    else if (operator === '|') this.#bar()
    else if (this.#needsOperand && (operator === '*' || operator === '**' || operator === '%')) this.#readOperand('')
    else if (this.#needsOperand) this.#prefix(operator)
    else this.#infix(operator)
    this.#lastOperator = operator
  }

  #open(opener: string): void {
    const isPrefix = this.#needsOperand
    this.#afterFunction.push(opener === '(' && !isPrefix && (this.#lastName === 'function' || this.#lastName === 'λ'))
    if (!isPrefix) this.#count()
    this.#groups.push(group(opener))
    this.#needsOperand = true
    this.#slashIsRegex = !isPrefix || this.#lastOperator === '^'
    this.#limit()
  }

  #close(): void {
    const closed = this.#groups.length > 1 ? this.#groups.pop() : undefined
    if (closed === undefined) return
    const outer = this.#current()
    outer.inner = Math.max(outer.inner, 1 + Math.max(closed.depth, closed.operators + closed.inner))
    outer.doublings = Math.max(outer.doublings, closed.worst)
    outer.worst = Math.max(outer.worst, closed.worst)
    this.#readOperand('')
    if (closed.opener === '|') this.#slashIsRegex = true
    else this.#isSignatureNext = this.#afterFunction.pop() ?? false
  }

  #bar(): void {
    const current = this.#current()
    if (this.#needsOperand) {
      this.#groups.push(group('|'))
      this.#slashIsRegex = false
    } else if (current.opener === '|' && ++current.bars === 2) this.#close()
    else this.#separate()
    this.#limit()
  }

  #prefix(operator: string): void {
    this.#count()
    // in an order-by, < and > say the direction
    this.#slashIsRegex = operator === '<' || operator === '>'
  }

  #infix(operator: string): void {
    this.#needsOperand = true
    this.#slashIsRegex = true
    const current = this.#current()
    if (operator === '??' || operator === '?:') {
      current.worst = Math.max(current.worst, current.doublings + 1)
      if (current.worst > doublingLimit) throw new Fault('S9002', { value: doublingLimit, position: this.#at })
    }
    if (operator === '??' || operator === '?:' || operator === '?' || operator === ':' || operator === ':=') {
      current.doublings = 0
    }
    this.#count()
  }

  #separate(): void {
    const current = this.#current()
    current.depth = Math.max(current.depth, current.operators + current.inner)
    current.operators = 0
    current.inner = 0
    current.doublings = 0
    this.#needsOperand = true
    this.#slashIsRegex = true
  }

  #count(): void {
    this.#current().operators++
    this.#limit()
  }

  #limit(): void {
    let nesting = 0
    for (const open of this.#groups) nesting += open.operators + 1
    if (nesting + this.#current().inner > nestingLimit) {
      throw new Fault('S9002', { value: nestingLimit, position: this.#at })
    }
  }

  #skipSignature(): void {
    this.#isSignatureNext = false
    let depth = 0
    while (this.#at < this.#source.length) {
      const character = this.#source.charAt(this.#at)
      if (character === '{') break
      // the parser would read on past the end of these, and they mean nothing in a signature
      if (`"'\`/`.includes(character)) throw new Fault('S0201', { token: character, position: this.#at })
      this.#at++
      if (character === '<') depth++
      if (character === '>' && --depth === 0) break
    }
    this.#readOperand('')
  }

  #current(): Group {
    const current = this.#groups.at(-1)
    if (current === undefined) throw new Error('The outermost group is never closed')
    return current
  }
}

function group(opener: string): Group {
  return { opener, operators: 0, inner: 0, depth: 0, doublings: 0, worst: 0, bars: 0 }
}
