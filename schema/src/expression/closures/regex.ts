import { RE2JS } from 're2js'
import type { Evaluate } from '../compiler.ts'
import { Fault } from '../fault.ts'
import type { Run } from '../run.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { type FunctionValue, functionValue, type Value } from '../value.ts'
import { MeteredText, startCost } from './metered-text.ts'

/** A regex is a function from a string to its first match, which leads to the next. It runs in linear time. */
export function compileRegex(node: SyntaxNode): Evaluate {
  const pattern = compilePattern(node)
  const matcher = functionValue(
    ([text], _context, run) =>
      typeof text === 'string' ? new Search(pattern, text, node, run).find(0, run) : undefined,
    1,
  )
  return (_input, _frame, run) => {
    run.tick()
    return matcher
  }
}

function compilePattern(node: SyntaxNode): RE2JS {
  // the parser's copy of the left side of ?: is not a RegExp any more; only its being there is asked for
  const source = node.value instanceof RegExp ? node.value : /(?:)/
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source))
  } catch (error) {
    const { message } = error as Error
    throw new Fault('S9004', {
      position: node.position,
      token: `/${source.source}/${source.flags.replace('g', '')}`,
      message,
    })
  }
}

class Search {
  readonly #matcher: ReturnType<RE2JS['matcher']>
  readonly #text: string
  readonly #node: SyntaxNode

  constructor(pattern: RE2JS, text: string, node: SyntaxNode, run: Run) {
    // a string in all that the engine asks of one: see MeteredText
    const metered = new MeteredText(text, pattern.programSize(), run) as unknown as string
    this.#matcher = pattern.matcher(metered)
    this.#text = text
    this.#node = node
  }

  find(from: number, run: Run): Value {
    const matcher = this.#matcher
    run.charge(startCost)
    if (!matcher.find(from)) return undefined
    const start = matcher.start()
    const end = matcher.end()
    const groups: Value[] = []
    for (let at = 1; at <= matcher.groupCount(); at++) groups.push(matcher.group(at) ?? undefined)
    const match = this.#text.slice(start, end)
    return { match, start, end, groups, next: this.#next(end) }
  }

  #next(from: number): FunctionValue {
    return functionValue((_args, _context, run) => {
      if (from >= this.#text.length) return undefined
      const found = this.find(from, run)
      if (typeof found === 'object' && found !== null && 'match' in found && found.match === '') {
        throw new Fault('D1004', { position: this.#node.position, value: String(this.#node.value) })
      }
      return found
    }, 0)
  }
}
