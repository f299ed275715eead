// Just enough of the expression language's surface to colour it while it is typed, right or wrong, and to know what is
// being written at the caret.
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

/** The same tokens, cut where the ranges begin and end. */
export function cutAt(tokens: readonly Token[], places: readonly number[]): Token[] {
  return tokens.flatMap((token) => {
    const cuts = places.filter((place) => place > token.at && place < token.at + token.text.length)
    const edges = [token.at, ...cuts.sort((a, b) => a - b), token.at + token.text.length]
    return edges.slice(1).map((to, index) => {
      const from = edges[index] ?? token.at
      return { kind: token.kind, text: token.text.slice(from - token.at, to - token.at), at: from }
    })
  })
}

/** What is being typed at the caret, as far as it can be completed; nothing inside of a text. */
export function wordBefore(source: string, caret: number): { readonly start: number; readonly word: string } {
  const before = source.slice(0, caret)
  const inside = tokensOf(source).find(({ at, text }) => at < caret && caret <= at + text.length)
  const isText = inside?.kind === 'string' && (caret < inside.at + inside.text.length || !isClosed(inside.text))
  const word = isText ? '' : (/\$[A-Za-z0-9_.`$-]*$|[A-Za-z_][A-Za-z0-9_]*$/.exec(before)?.[0] ?? '')
  return { start: caret - word.length, word }
}

const isClosed = (text: string): boolean => text.length > 1 && text.at(-1) === text[0]

/** The innermost function call around the caret, and which of its arguments is being written, from 0. */
export function callAround(
  source: string,
  caret: number,
): { readonly name: string; readonly argument: number } | undefined {
  const open: { name: string | undefined; argument: number }[] = []
  let callee: string | undefined
  for (const { kind, text, at } of tokensOf(source.slice(0, caret))) {
    if (kind === 'function') callee = text
    if (kind !== 'plain' && kind !== 'variable') continue
    for (const sign of text) {
      if ('([{'.includes(sign)) open.push({ name: sign === '(' ? callee : undefined, argument: 0 })
      if (')]}'.includes(sign)) open.pop()
      const inner = open.at(-1)
      if (sign === ',' && inner) inner.argument += 1
      if (sign.trim() !== '' || at < 0) callee = undefined
    }
  }
  const found = open.findLast(({ name }) => name !== undefined)
  return found?.name === undefined ? undefined : { name: found.name, argument: found.argument }
}
