import { pointerOf } from './json-pointer.ts'
import { limits } from './limits.ts'

// Reads JSON text for its places: JSON.parse tells neither where a value stands, nor that a key came twice, and its message on
// bad text differs from one browser to the next. Accepts exactly what JSON.parse accepts. Keeps its own stack, so that
// no nesting overruns it.

export interface JsonVisitor {
  value?(pointer: string, offset: number): void
  /** `pointer` is that of the member; `isRepeated` when the object had the key already. */
  key?(pointer: string, offset: number, isRepeated: boolean): void
}

export interface JsonFault {
  readonly kind: 'syntax' | 'depth'
  readonly offset: number
  readonly message: string
}

/** Undefined if the text is JSON. The visitor has seen everything before the fault. */
export function scanJson(text: string, visitor: JsonVisitor): JsonFault | undefined {
  const scanner = new Scanner(text, visitor)
  try {
    scanner.document()
    return undefined
  } catch (error) {
    if (scanner.fault === undefined) throw error
    return scanner.fault
  }
}

interface Frame {
  readonly pointer: string
  /** Keys of an object so far; undefined for an array. */
  readonly keys: Set<string> | undefined
  index: number
}

class Scanner {
  fault: JsonFault | undefined
  private at = 0
  private readonly frames: Frame[] = []
  private readonly text: string
  private readonly visitor: JsonVisitor

  constructor(text: string, visitor: JsonVisitor) {
    this.text = text
    this.visitor = visitor
  }

  document(): void {
    this.skipSpace()
    if (this.at >= this.text.length) this.fail('The text is empty')
    this.value('')
    while (this.frames.length > 0) this.continueContainer()
    this.skipSpace()
    if (this.at < this.text.length) this.fail(`The document ends here, but ${this.found()} follows`)
  }

  /** A whole plain value, or the opening of a container, whose first member follows at once. */
  private value(pointer: string): void {
    this.visitor.value?.(pointer, this.at)
    const character = this.text[this.at]
    if (character === '{' || character === '[') this.open(pointer, character === '{')
    else if (character === '"') this.string()
    else if (character === '-' || isDigit(character)) this.number()
    else if (!this.word()) this.fail(`A value is expected here, not ${this.found()}`)
  }

  private open(pointer: string, isObject: boolean): void {
    if (this.frames.length >= limits.jsonDepth) {
      this.fault = {
        kind: 'depth',
        offset: this.at,
        message: `The JSON is nested deeper than ${limits.jsonDepth} levels`,
      }
      throw new Error(this.fault.message)
    }
    const frame: Frame = { pointer, keys: isObject ? new Set() : undefined, index: 0 }
    this.at += 1
    this.skipSpace()
    if (this.text[this.at] === (isObject ? '}' : ']')) {
      this.at += 1
      return
    }
    this.frames.push(frame)
    this.member(frame)
  }

  private continueContainer(): void {
    const frame = this.frames.at(-1)
    if (frame === undefined) return
    const end = frame.keys ? '}' : ']'
    this.skipSpace()
    if (this.text[this.at] === end) {
      this.at += 1
      this.frames.pop()
    } else if (this.text[this.at] === ',') {
      this.at += 1
      this.skipSpace()
      if (this.text[this.at] === end) this.fail(`A comma stands before ${end}`)
      this.member(frame)
    } else this.fail(`A comma or ${end} is expected here, not ${this.found()}`)
  }

  private member(frame: Frame): void {
    if (frame.keys === undefined) {
      this.value(pointerOf(frame.pointer, frame.index))
      frame.index += 1
      return
    }
    const offset = this.at
    if (this.text[offset] !== '"') this.fail(`A key in double quotes is expected here, not ${this.found()}`)
    this.string()
    const key: unknown = JSON.parse(this.text.slice(offset, this.at))
    const name = String(key)
    const pointer = pointerOf(frame.pointer, name)
    this.visitor.key?.(pointer, offset, frame.keys.has(name))
    frame.keys.add(name)
    this.skipSpace()
    if (this.text[this.at] !== ':') this.fail(`A colon is expected here, not ${this.found()}`)
    this.at += 1
    this.skipSpace()
    this.value(pointer)
  }

  private string(): void {
    const start = this.at
    for (this.at += 1; ; this.at += 1) {
      const character = this.text[this.at]
      if (character === undefined) this.fail('The text ends inside of a string that begins here', start)
      if (character === '"') break
      if (character < ' ')
        this.fail('A string may not hold a line break or control character as it is; write \\n for a line break')
      if (character === '\\') this.escape()
    }
    this.at += 1
  }

  private escape(): void {
    escapePattern.lastIndex = this.at
    const match = escapePattern.exec(this.text)
    if (match === null) this.fail('After a \\ only " \\ / b f n r t or u with four hexadecimal digits may follow')
    this.at += match[0].length - 1
  }

  private number(): void {
    numberPattern.lastIndex = this.at
    const match = numberPattern.exec(this.text)
    if (match === null) this.fail('This is no JSON number')
    this.at += match[0].length
    if (/[\w.+-]/.test(this.text[this.at] ?? ' ')) this.fail('This is no JSON number')
  }

  private word(): boolean {
    wordPattern.lastIndex = this.at
    const match = wordPattern.exec(this.text)
    this.at += match?.[0].length ?? 0
    return match !== null
  }

  private skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at += 1
  }

  private found(): string {
    wordsPattern.lastIndex = this.at
    const word = wordsPattern.exec(this.text)?.[0]
    if (word !== undefined) return word
    const point = this.text.codePointAt(this.at)
    return point === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(point))
  }

  private fail(message: string, offset = this.at): never {
    this.fault = { kind: 'syntax', offset, message }
    throw new Error(message)
  }
}

const escapePattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const wordPattern = /(?:true|false|null)(?!\w)/y
const wordsPattern = /[\w.-]{1,30}/y

const isDigit = (character: string | undefined) => character !== undefined && character >= '0' && character <= '9'

const isSpace = (code: number) => code === 32 || code === 10 || code === 13 || code === 9
