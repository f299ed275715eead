import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Definition } from './definition.generated.ts'
import { canonicalJson, hashDefinition } from './hash.ts'
import { sha256 } from './sha-256.ts'

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  )
}

describe('canonicalJson', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value))
      }),
    )
  })

  it('keeps what the value is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('orders keys by their UTF-16 units and writes numbers as RFC 8785 does', () => {
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '1': 3, '\u{1F600}': 4, '\u0080': 5, '\ufb33': 6 })).toBe(
      '{"\\r":2,"1":3,"\u0080":5,"\u20ac":1,"\u{1F600}":4,"\ufb33":6}',
    )
    expect(canonicalJson([1e30, 4.5, 2e-3, 1e-27, -0])).toBe('[1e+30,4.5,0.002,1e-27,0]')
  })
})

describe('sha256', () => {
  it('is what everybody else computes', () => {
    const hash = (text: string) => createHash('sha256').update(text).digest('hex')
    for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 1000]) {
      const text = 'ä'.repeat(length)
      expect(sha256(text)).toBe(hash(text))
    }
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(hash(text))
      }),
    )
  })
})

describe('hashDefinition', () => {
  const definition: Definition = {
    dsl: '1',
    name: 'x',
    start: 'a',
    steps: { a: { type: 'end', output: { b: 1, c: [2] } } },
  }

  it('is the same for the same content, however it was written', () => {
    expect(hashDefinition(reversed(definition) as Definition)).toBe(hashDefinition(definition))
    expect(hashDefinition(definition)).toMatch(/^[0-9a-f]{64}$/)
  })

  it('differs when anything in the content does', () => {
    const others: Definition[] = [
      { ...definition, title: '' },
      { ...definition, steps: { a: { type: 'end', output: { b: 1, c: ['2'] } } } },
      { ...definition, steps: { a: { type: 'end', output: { b: 1, c: [2] } }, b: { type: 'end' } } },
    ]
    expect(new Set([definition, ...others].map(hashDefinition)).size).toBe(4)
  })
})
