import { describe, expect, test } from 'vitest'
import {
  checkTemplate,
  compileTemplate,
  ExpressionError,
  expressionOffset,
  expressionSource,
  isExpression,
  type Json,
} from './index.ts'

const errorOf = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}

describe('a string', () => {
  test('is an expression if it is between {% and %} as a whole', () => {
    expect(['{% 1 %}', '{%1%}', '{%%}'].every(isExpression)).toBe(true)
    expect(['{% 1 %} ', ' {% 1 %}', 'a {% 1 %}', '{%}', '{{ 1 }}', '', 5, null, ['{% 1 %}']].some(isExpression)).toBe(
      false,
    )
  })

  test('tells its source and where that begins', () => {
    const text = '{%   total > 1\n %}'
    expect(expressionSource(text)).toBe('total > 1')
    expect(text.slice(expressionOffset(text)).startsWith('total > 1')).toBe(true)
    expect(expressionOffset('{%1%}')).toBe(2)
  })
})

describe('a template', () => {
  const value: Json = {
    fixed: { deep: [1, 2, { three: 3 }] },
    total: '{% $sum(items.price) %}',
    list: ['{% $who %}', 'plain', { inner: '{% missing %}' }],
  }

  test('evaluates its expressions in their places, and no match is null', () => {
    expect(compileTemplate(value).evaluate({ items: [{ price: 1 }, { price: 2 }] }, { who: 'Ada' })).toStrictEqual({
      fixed: { deep: [1, 2, { three: 3 }] },
      total: 3,
      list: ['Ada', 'plain', { inner: null }],
    })
  })

  test('shares the parts without an expression', () => {
    const result = compileTemplate(value).evaluate({}) as { fixed: unknown }
    expect(result.fixed).toBe((value as { fixed: unknown }).fixed)
  })

  test('is constant without any expression, and then is its own value', () => {
    const constant: Json = { a: [1, 'text', null, { b: true }] }
    const template = compileTemplate(constant)
    expect(template.isConstant).toBe(true)
    expect(template.evaluate()).toBe(constant)
    expect(template.expressions).toEqual([])
    expect(compileTemplate('{% 1 %}').isConstant).toBe(false)
  })

  test('can be one string', () => {
    expect(compileTemplate('{% a %}').evaluate({ a: [1] })).toStrictEqual([1])
    expect(compileTemplate('{% a %}').evaluate({})).toBeNull()
    expect(compileTemplate('plain').evaluate({})).toBe('plain')
  })

  test('lists its expressions by pointer, and their variables', () => {
    const template = compileTemplate({ 'a/b': { '~': ['{% $x + $y %}'] }, c: '{% $x %}' })
    expect(template.expressions.map(({ pointer, source }) => [pointer, source])).toEqual([
      ['/a~1b/~0/0', '$x + $y'],
      ['/c', '$x'],
    ])
    expect([...template.variables]).toEqual(['x', 'y'])
  })

  test('hands bindings and host on', () => {
    const host = { millis: 1_700_000_000_000, random: () => 0.25 }
    expect(compileTemplate({ at: '{% $millis() %}', draw: ['{% $random() %}'] }).evaluate({}, {}, host)).toStrictEqual({
      at: 1_700_000_000_000,
      draw: [0.25],
    })
  })

  test('says in which string an error is', () => {
    const compiling = errorOf(() => compileTemplate({ a: [1, '{% 1 + %}'] }))
    expect(compiling).toBeInstanceOf(ExpressionError)
    expect(compiling).toMatchObject({ code: 'S0207', pointer: '/a/1', position: 3 })
    const evaluating = errorOf(() => compileTemplate({ a: '{% 1 + "x" %}' }).evaluate())
    expect(evaluating).toMatchObject({ code: 'T2002', pointer: '/a', position: 3 })
  })

  test('gets a budget for each of its expressions', () => {
    const options = { budget: { elements: 3 } }
    expect(compileTemplate(['{% [1..3] %}', '{% [1..3] %}'], options).evaluate()).toStrictEqual([
      [1, 2, 3],
      [1, 2, 3],
    ])
    expect(errorOf(() => compileTemplate('{% [1..4] %}', options).evaluate())).toMatchObject({ code: 'D2015' })
  })
})

test('checking a template lists all that is wrong with it, and never throws', () => {
  const problems = checkTemplate({ a: '{% ( %}', b: ['{% 1 %}', '{% $eval("1") %}'], c: '{% %}' })
  expect(problems.map(({ pointer, error }) => [pointer, error.code, error.pointer])).toEqual([
    ['/a', 'S0203', '/a'],
    ['/b/1', 'S9003', '/b/1'],
    ['/c', 'S0207', '/c'],
  ])
})
