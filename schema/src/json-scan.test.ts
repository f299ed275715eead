import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolvePointer } from './json-pointer.ts'
import { scanJson } from './json-scan.ts'
import { locate, locationAt, locator, offsetInString } from './locate.ts'

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('scanJson', { timeout: 60_000 }, () => {
  it('accepts what JSON.parse accepts', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 1, 3), (json, indent) => {
        expect(scanJson(JSON.stringify(JSON.parse(json), null, indent), {})).toBeUndefined()
      }),
    )
  })

  it('refuses what JSON.parse refuses', () => {
    const pieces = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '"a"',
        '\\',
        '\\u12',
        '\\n',
        '\n',
        ' ',
        '1',
        '0',
        '-',
        '.',
        'e',
        '+',
        'true',
        'null',
        'x',
        "'",
      ],
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        expect(scanJson(text, {}) === undefined).toBe(isJson(text))
      }),
      { numRuns: 3_000 },
    )
  })

  it('refuses what a cut or a stray character makes of JSON exactly when JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('', '"', ',', '}', '0', '\u0001', '\\'), (json, at, stray) => {
        const cut = at % (json.length + 1)
        const text = `${json.slice(0, cut)}${stray}${json.slice(cut + 1)}`
        expect(scanJson(text, {}) === undefined).toBe(isJson(text))
      }),
      { numRuns: 2_000 },
    )
  })

  it('tells where every value stands', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (document) => {
        const text = JSON.stringify(document, null, 2)
        const seen: [string, number][] = []
        scanJson(text, { value: (pointer, offset) => seen.push([pointer, offset]) })
        for (const [pointer, offset] of seen) {
          const value = JSON.stringify(resolvePointer(document, pointer), null, 2)
          expect(text.slice(offset).replaceAll(/\s/g, '')).toMatch(startingWith(value.replaceAll(/\s/g, '')))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('stops at a nesting that nobody could mean', () => {
    expect(scanJson('['.repeat(1_000_000), {})).toMatchObject({ kind: 'depth', offset: 256 })
  })

  it('tells which keys come again', () => {
    const repeated: string[] = []
    scanJson('{"a": {"b": 1, "\\u0062": 2}, "c": {"b": 1}, "a": 3}', {
      key: (pointer, _offset, isRepeated) => isRepeated && repeated.push(pointer),
    })
    expect(repeated).toEqual(['/a/b', '/a'])
  })
})

const startingWith = (text: string) => new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`)

describe('locate', () => {
  const text = '{\n  "a": [1, {"b/c": "x"}],\r\n  "d": null\n}'

  it('gives line and column of a value, from 1', () => {
    expect(locate(text, '')).toEqual({ line: 1, column: 1, offset: 0 })
    expect(locate(text, '/a/1/b~1c')).toMatchObject({ line: 2, column: 20 })
    expect(locate(text, '/d')).toMatchObject({ line: 3, column: 8 })
  })

  it('gives the place of the key on demand', () => {
    expect(locate(text, '/d', 'key')).toMatchObject({ line: 3, column: 3 })
  })

  it('falls back to what is around a value that is not there', () => {
    expect(locate(text, '/a/7/x')).toEqual(locate(text, '/a'))
  })

  it('finds what stands before an error in the text', () => {
    expect(locate('{"a": 1, "b"', '/a')).toMatchObject({ column: 7 })
    expect(locate('', '/a')).toBeUndefined()
  })

  it('finds many pointers in one pass', () => {
    const find = locator(text, ['/a/0', '/d'])
    expect([find('/a/0')?.offset, find('/d')?.offset]).toEqual([
      locate(text, '/a/0')?.offset,
      locate(text, '/d')?.offset,
    ])
  })

  it('counts a lone carriage return as a line break', () => {
    expect(locationAt('a\rb\r\nc\nd', 8)).toEqual({ line: 4, column: 2, offset: 8 })
  })

  it('counts escapes in a string as the characters that they stand for', () => {
    const json = '"a\\n\\u00e9b"'
    expect([0, 1, 2, 3].map((position) => json[offsetInString(json, 0, position)])).toEqual(['a', '\\', '\\', 'b'])
  })
})
