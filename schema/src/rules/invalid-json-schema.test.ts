import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

describe('invalidJsonSchema', () => {
  it('looks at input, output and the data of events', () => {
    const schema = { type: 'objekt' }
    const wait = { type: 'waitForEvent', event: 'e', schema: { properties: { a: schema } } }
    const found = problemsIn('InvalidJsonSchema', { wait }, { input: schema, output: schema })
    expect(found.map((text) => text.split(':')[0])).toEqual([
      '/input/type',
      '/output/type',
      '/steps/wait/schema/properties/a/type',
    ])
  })

  it('lets right schemas pass', () => {
    expect(
      problemsIn('InvalidJsonSchema', { done: { type: 'end' } }, { input: true, output: { type: 'null' } }),
    ).toEqual([])
  })
})
