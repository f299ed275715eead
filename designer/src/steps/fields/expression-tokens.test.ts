import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultOf, spanAt } from './expression-fault.ts'
import { callAround, cutAt, tokensOf, wordBefore } from './expression-tokens.ts'

const text = fc.string({ unit: fc.constantFrom('$', 'a', '.', '"', "'", '(', ')', ',', ' ', '1', '\\', 'and') })

test('tokens are the whole text in its order, also when they are cut', () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat(20)), (source, places) => {
      for (const tokens of [tokensOf(source), cutAt(tokensOf(source), places)]) {
        expect(tokens.map((token) => token.text).join('')).toBe(source)
        for (const { at, text: part } of tokens) expect(source.slice(at, at + part.length)).toBe(part)
      }
      const edges = new Set(cutAt(tokensOf(source), places).map(({ at }) => at))
      for (const place of places) if (place < source.length) expect(edges.has(place)).toBe(true)
    }),
  )
})

describe('the word before the caret', () => {
  test.each([
    ['$input.or|', '$input.or'],
    ['1 + $steps.`a-b`.out|', '$steps.`a-b`.out'],
    ['na|', 'na'],
    ['"$in|', ''],
    ['"$in|put"', ''],
    ['"a" & $in|', '$in'],
    ['', ''],
  ])('%s', (marked, word) => {
    const caret = Math.max(0, marked.indexOf('|'))
    expect(wordBefore(marked.replace('|', ''), caret)).toEqual({ start: caret - word.length, word })
  })
})

describe('the call around the caret', () => {
  test.each([
    ['$substring(|', '$substring', 0],
    ['$substring($input.id, 2|', '$substring', 1],
    ['$map($input.items, function($i) { $round($i.price, |', '$round', 1],
    ['$join([1, 2, 3], |', '$join', 1],
    ['$join(["a,b", "c"|', '$join', 0],
    ['$sum(1) + |', undefined, 0],
    ['(1 + |', undefined, 0],
    ['{"a": $string(1, |', '$string', 1],
  ])('%s', (marked, name, argument) => {
    const found = callAround(marked.replace('|', ''), marked.indexOf('|'))
    expect(found).toEqual(name === undefined ? undefined : { name, argument })
  })
})

describe('what is wrong is found where it is', () => {
  test.each([
    ['$input.total + > 4', '>'],
    ['$input.a b', 'b'],
    ['$sum(1, 2', '2'],
    ['$input.', '.'],
    ['{"a": }', '}'],
  ])('%s', (source, marked) => {
    const fault = faultOf(source)
    expect(fault && source.slice(fault.span.from, fault.span.to)).toBe(marked)
  })

  test('and nothing is wrong with what compiles, or with nothing', () => {
    expect(faultOf('$input.total > 4')).toBeUndefined()
    expect(faultOf('  ')).toBeUndefined()
    expect(spanAt('1 + $inptu.x', 4)).toEqual({ from: 4, to: 10 })
    expect(spanAt('1 + ', 4)).toBeUndefined()
  })

  test('a place is always within the text', () => {
    fc.assert(
      fc.property(text, (source) => {
        const fault = faultOf(source)
        if (fault) expect(fault.span.from >= 0 && fault.span.from < source.length).toBe(true)
      }),
    )
  })
})
