import { expect, test } from 'vitest'
import { compileExpression, compileTemplate, ExpressionError, type Json } from '../index.ts'

// Payloads that have escaped from other engines, or from the package's own evaluator, and their relatives.

const input: Json = { a: { b: 1 }, list: [1, 2], text: 'x', number: 1 }

const unreachable = [
  'constructor',
  '__proto__',
  'a.constructor',
  'a.__proto__',
  'a.constructor.constructor("return process")()',
  'a.__proto__.polluted',
  'list.constructor',
  'list.length',
  'list.map',
  'text.constructor',
  'text.length',
  'number.toFixed',
  '$.toString',
  '$$.hasOwnProperty',
  '`constructor`.`constructor`',
  '$lookup($, "__proto__")',
  '$lookup($, "constructor")',
  '$lookup(list, "length")',
  '$sum.constructor',
  '$sum.arity',
  '$sum.call',
  '$sum.prototype',
  '(function($x) { $x }).constructor',
  '(function($x) { $x }).environment',
  '(/a/).source',
  '$constructor',
  '$__proto__',
  '$toString',
  '$hasOwnProperty',
  '$process',
  '$global',
  '$globalThis',
  '$require',
  '$this',
  '$$.a.`__defineGetter__`',
]

test.each(unreachable)('%s is no match, or no function', (source) => {
  try {
    expect(compileExpression(source).evaluate(input, {})).toBeUndefined()
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError)
    expect((error as ExpressionError).code).toMatch(/^(T100[56]|S0211)$/)
  }
})

const escapes = [
  '{{ this.constructor.constructor("return process")() }}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the payload
  '=${ this }',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the payload
  '`${process.env}`',
  '$eval("1")',
  '($e := $eval; $e("1"))',
  '["1"] ~> $map($eval)',
  '$constructor.constructor("return this")()',
  '$string.constructor("return this")()',
  '(function($x) { $x }).constructor("return this")()',
  '$map(["return this"], $sum.constructor)',
  '$match("x", /x/).next.constructor("return 1")()',
]

test.each(escapes)('%s ends in an error or finds nothing', (source) => {
  try {
    expect(compileExpression(source).evaluate(input, {})).toBeUndefined()
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError)
  }
})

const polluting = [
  '{"__proto__": {"polluted": true}}',
  '{"constructor": {"prototype": {"polluted": true}}}',
  '$merge([{"__proto__": {"polluted": true}}])',
  '$ ~> |$|{"__proto__": {"polluted": true}}|',
  '$ ~> |a|{"__proto__": {"polluted": true}}|',
  '$ ~> |__proto__|{"polluted": true}|',
  '$ ~> |a.__proto__|{"polluted": true}|',
  '$ ~> |a.constructor.prototype|{"polluted": true}|',
  'list{"__proto__": {"polluted": true}}',
  '$sift({"__proto__": {"polluted": true}}, function() { true })',
  '$spread({"__proto__": {"polluted": true}})',
  '$clone({"__proto__": {"polluted": true}})',
  '($__proto__ := {"polluted": true}; $__proto__)',
  '$map([1], function($__proto__) { {"__proto__": $__proto__} })',
  'list@$__proto__.{"polluted": true}',
]

test.each(polluting)('%s changes no prototype', (source) => {
  try {
    const result = compileExpression(source).evaluate(input, {})
    for (const item of [result].flat()) {
      if (typeof item !== 'object' || item === null) continue
      expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(item))
    }
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError)
  }
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  expect(([] as unknown as Record<string, unknown>).polluted).toBeUndefined()
})

test('a key __proto__ is a property like any other', () => {
  const result = compileExpression('{"__proto__": 1}').evaluate()
  expect(Object.keys(result as object)).toEqual(['__proto__'])
  expect(Object.getPrototypeOf(result)).toBe(Object.prototype)
  const data = JSON.parse('{"__proto__": {"a": 1}}')
  expect(compileExpression('__proto__.a').evaluate(data)).toBe(1)
  const template = compileTemplate(JSON.parse('{"__proto__": "{% 1 %}"}')).evaluate()
  expect(Object.getOwnPropertyDescriptor(template, '__proto__')?.value).toBe(1)
})

test('an inherited property is not seen, even if someone has polluted the prototype', () => {
  const inherited = Object.create({ secret: 1 })
  expect(compileExpression('secret').evaluate(inherited)).toBeUndefined()
  expect(compileExpression('$secret').evaluate({}, inherited)).toBeUndefined()
  expect(compileExpression('x.secret').evaluate({ x: inherited })).toBeUndefined()
  expect(compileExpression('x').evaluate({ x: inherited })).toEqual({})
})

test('functions of the host can neither be called nor handed out', () => {
  let called = false
  const host = (() => {
    called = true
  }) as unknown as Json
  const bindings = { f: host, g: { f: host } }
  expect(() => compileExpression('$f()').evaluate({}, bindings)).toThrow(expect.objectContaining({ code: 'T1006' }))
  expect(() => compileExpression('$g.f()').evaluate({}, bindings)).toThrow(ExpressionError)
  expect(() => compileExpression('$map([1], $g.f)').evaluate({}, bindings)).toThrow(ExpressionError)
  expect(compileExpression('$f').evaluate({}, bindings)).toBeUndefined()
  expect(compileExpression('$g').evaluate({}, bindings)).toEqual({})
  expect(compileExpression('$string($g)').evaluate({}, bindings)).toBe('{}')
  const withToJson = { toJSON: host, a: 1 }
  expect(compileExpression('$string($)').evaluate(withToJson)).toBe('{"a":1}')
  expect(called).toBe(false)
})

test('data without a prototype is read and given back like any other', () => {
  const bare = Object.assign(Object.create(null), { a: [1, 2], b: { c: 3 } })
  expect(compileExpression('$sum(a) + b.c').evaluate(bare)).toBe(6)
  expect(compileExpression('$string($)').evaluate(bare)).toBe('{"a":[1,2],"b":{"c":3}}')
  expect(compileExpression('$v.b').evaluate({}, Object.assign(Object.create(null), { v: bare }))).toEqual({ c: 3 })
})

const mutating = [
  '$ ~> |a|{"b": 2}|',
  '$ ~> |$|{}, ["a", "list"]|',
  '$ ~> |$v|{"b": 2}|',
  '$ ~> |$$.a|{"b": 2}|',
  '$sort(list, function($x, $y) { $x < $y })',
  'list^(>$)',
  '$append(list, 3)',
  '$reverse(list)',
  'list[]',
  '($x := list; $append($x, 1); $x)',
  '[]{"a": $}',
  '$merge([$, {"a": 2}])',
]

test.each(mutating)('%s leaves its data alone', (source) => {
  const frozen = deepFreeze(structuredClone(input))
  const bindings = deepFreeze({ v: { b: 1 } })
  compileExpression(source).evaluate(frozen, bindings)
  expect(frozen).toEqual(input)
  expect(bindings).toEqual({ v: { b: 1 } })
})

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze)
    Object.freeze(value)
  }
  return value
}
