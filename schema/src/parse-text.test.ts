import { describe, expect, it } from 'vitest'
import { limits } from './limits.ts'
import { parseDefinitionText } from './parse-text.ts'

const text = (steps: string) => `{\n"dsl": "1", "name": "test", "start": "a",\n"steps": {\n${steps}\n}}`

describe('parseDefinitionText', () => {
  it('parses what JSON.parse would, with a byte order mark or without', () => {
    const json = text('"a": {"type": "end"}')
    expect(parseDefinitionText(json)).toMatchObject({ problems: [], definition: { name: 'test' } })
    expect(parseDefinitionText(`\uFEFF${json}`)).toMatchObject({ problems: [], definition: { name: 'test' } })
  })

  it('says what JSON expects where it broke off', () => {
    const { definition, problems } = parseDefinitionText('{\n  "dsl": "1"\n  "name": "x"\n}')
    expect(definition).toBeNull()
    expect(problems).toMatchObject([
      {
        code: 'JsonSyntax',
        message: 'Line 3, column 3: A comma or } is expected here, not "\\""',
        line: 3,
        column: 3,
        offset: 17,
      },
    ])
  })

  it.each([
    ['', 'The text is empty'],
    ['{', 'A key in double quotes is expected here, not the end of the text'],
    ['[1,]', 'A comma stands before ]'],
    ['{a: 1}', 'A key in double quotes is expected here, not a'],
    ['{"a" 1}', 'A colon is expected here, not 1'],
    ['{"a": tru}', 'A value is expected here, not tru'],
    ['{"a": 01}', 'This is no JSON number'],
    ['"abc', 'The text ends inside of a string that begins here'],
    ['{} {}', 'The document ends here, but "{" follows'],
  ])('tells of %j that: %s', (json, message) => {
    expect(parseDefinitionText(json).problems[0]?.message).toContain(message)
  })

  it('refuses a step that is there twice, at the second one', () => {
    const { definition, problems } = parseDefinitionText(text('"a": {"type": "end"},\n"a": {"type": "end"}'))
    expect(definition).toBeNull()
    expect(problems).toMatchObject([
      { code: 'DuplicateKey', step: 'a', line: 5, column: 1, message: 'There are two steps with the id `a`' },
    ])
  })

  it('points at the property when its name is wrong, at the value otherwise', () => {
    const { problems } = parseDefinitionText(text('"a": {"type": "end",\n "otput": 1, "note": 5}'))
    expect(problems).toMatchObject([
      { code: 'UnknownProperty', line: 5, column: 2 },
      { code: 'WrongType', line: 5, column: 22 },
    ])
  })

  it('points into an expression, past the escapes of the string', () => {
    const { problems } = parseDefinitionText(text('"a": {"type": "end", "output": "{% \\"é\\" & $who %}"}'))
    expect(problems).toMatchObject([{ code: 'UnknownVariable', line: 4, position: 6 }])
    const line = text('"a": {"type": "end", "output": "{% \\"é\\" & $who %}"}').split('\n')[3] ?? ''
    expect(line.slice((problems[0]?.column ?? 0) - 1)).toMatch(/^\$who/)
  })

  it('reads no text that is longer than any definition', () => {
    expect(parseDefinitionText(' '.repeat(limits.textSize + 1)).problems).toMatchObject([{ code: 'DocumentTooLarge' }])
  })

  it('takes white space beyond the limit of a document', () => {
    const spacious = text('"a": {"type": "end"}').replace('\n', '\n'.repeat(limits.documentSize + 1))
    expect(parseDefinitionText(spacious).problems).toEqual([])
  })
})
