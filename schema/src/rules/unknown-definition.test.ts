import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const child = (definition: string) => ({ child: { type: 'subOrchestration', definition } })

describe('unknownDefinition', () => {
  it('warns of a child that is not deployed', () => {
    expect(problemsIn('UnknownDefinition', child('other'))).toEqual([])
    expect(problemsIn('UnknownDefinition', child('other'), {}, { definitions: ['other'] })).toEqual([])
    expect(problemsIn('UnknownDefinition', child('other'), {}, { definitions: [] })).toEqual([
      '/steps/child/definition: `other` is not deployed yet: deploy it before this one runs',
    ])
  })

  it('lets a definition call itself', () => {
    expect(problemsIn('UnknownDefinition', child('test'), {}, { definitions: [] })).toEqual([])
  })
})
