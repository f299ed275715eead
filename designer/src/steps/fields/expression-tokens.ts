// Just enough of the expression language's surface to colour it while it is typed, right or wrong.
export type TokenKind = 'variable' | 'function' | 'string' | 'number' | 'keyword' | 'plain'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  readonly at: number
}

const pattern =
  /("(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)|(\$[A-Za-z_][A-Za-z0-9_]*(?=\s*\())|(\$\$?[A-Za-z_0-9]*)|(\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b)|(\b(?:and|or|in|true|false|null|function)\b)/gi
const kinds: readonly TokenKind[] = ['string', 'function', 'variable', 'number', 'keyword']

export function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  let end = 0
  for (const match of source.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: source.slice(end, match.index), at: end })
    const kind = kinds.find((_, index) => match[index + 1] !== undefined) ?? 'plain'
    tokens.push({ kind, text: match[0], at: match.index })
    end = match.index + match[0].length
  }
  if (end < source.length) tokens.push({ kind: 'plain', text: source.slice(end), at: end })
  return tokens
}

/** What is being typed at the caret, as far as it can be completed. */
export function wordBefore(source: string, caret: number): { readonly start: number; readonly word: string } {
  const before = source.slice(0, caret)
  const word = /\$[A-Za-z0-9_.`$-]*$|[A-Za-z_][A-Za-z0-9_]*$/.exec(before)?.[0] ?? ''
  return { start: caret - word.length, word }
}
