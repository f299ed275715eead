import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const ending = (output: string) => problemsIn('PartialExpression', { done: { type: 'end', output } })

describe('partialExpression', () => {
  it('warns of an expression with something around it', () => {
    expect(ending('Order {% $input.id %}')).toHaveLength(1)
    expect(ending('{% $input.id %} ')).toHaveLength(1)
  })

  it('lets whole expressions and plain text pass', () => {
    expect(ending('{% $input.id %}')).toEqual([])
    expect(ending('100 % {or so}')).toEqual([])
  })
})
