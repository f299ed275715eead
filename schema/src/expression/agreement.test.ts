import fc from 'fast-check'
import jsonata from 'jsonata'
import { expect, test } from 'vitest'
import { compileExpression, ExpressionError, type Json } from './index.ts'

// Expressions are put together from pieces that fit each other often enough to give values, over data with the same few
// names. The package's answers are the reference; where it refuses, ours must refuse as well. Where it breaks, with an
// error of JavaScript's own, there is no answer to agree with: ours must only not break.

const names = ['a', 'b', 'items', 'price', 'name']
const name = fc.constantFrom(...names)
const leaf = fc.oneof(
  fc.integer({ min: -5, max: 100 }),
  fc.constantFrom('', 'x', 'hello world', '12'),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(0.5, -2.25),
)
const { data } = fc.letrec<{ data: Json }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(name, tie('data'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

const item = fc.record(
  { price: fc.integer({ min: 0, max: 20 }), name: fc.constantFrom('x', 'y', 'hello'), a: data, b: leaf },
  { requiredKeys: ['price'], noNullPrototype: true },
)
const input = fc.oneof(
  data,
  fc.array(item, { maxLength: 4 }),
  fc.record(
    { a: data, b: item, items: fc.array(item, { maxLength: 4 }), price: leaf, name: data },
    { noNullPrototype: true },
  ),
)

const number = fc.integer({ min: -2, max: 3 }).map(String)
const text = fc.constantFrom('"x"', '"hello"', '""', '"o w"')

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const part = tie('expression')
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((steps) => steps.join('.'))
  const binary = fc.constantFrom(
    '+',
    '-',
    '*',
    '/',
    '%',
    '=',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    'and',
    'or',
    '&',
    'in',
    '??',
    '?:',
  )
  const unaryFunction = fc.constantFrom(
    '$count',
    '$sum',
    '$max',
    '$average',
    '$string',
    '$boolean',
    '$not',
    '$exists',
    '$keys',
    '$spread',
    '$merge',
    '$reverse',
    '$distinct',
    '$sort',
    '$type',
    '$length',
    '$uppercase',
    '$trim',
    '$number',
    '$abs',
    '$floor',
    '$round',
    '$join',
  )
  return {
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      path,
      number,
      text,
      fc.constantFrom('$', '$$', 'true', 'null', '*', '**', '$v', '$.a', '$$.items', '[]', '{}'),
      fc.tuple(part, binary, part).map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
      fc.tuple(part, part).map(([left, right]) => `${left}.(${right})`),
      fc.tuple(path, part).map(([left, filter]) => `${left}[${filter}]`),
      fc.tuple(part, number).map(([left, index]) => `(${left})[${index}]`),
      fc.tuple(path, name).map(([left, step]) => `${left}[].${step}`),
      path.map((steps) => `${steps}[]`),
      fc.tuple(path, name).map(([left, key]) => `${left}^(${key})`),
      fc.tuple(path, name).map(([left, key]) => `${left}^(>${key}).${key}`),
      fc.tuple(path, part).map(([left, value]) => `${left}{$string(name): ${value}}`),
      fc.tuple(path, name).map(([left, step]) => `${left}#$i.{"at": $i, "is": ${step}}`),
      fc.tuple(path, name).map(([left, step]) => `${left}@$f.{"is": $f.${step}}`),
      fc.tuple(name, name).map(([outer, inner]) => `${outer}.${inner}.{"of": %.name, "is": $}`),
      fc.tuple(part, part).map(([left, right]) => `[${left}, ${right}]`),
      fc.tuple(part, part).map(([left, right]) => `{"k": ${left}, "l": ${right}}`),
      fc.tuple(part, part, part).map(([test, left, right]) => `(${test}) ? (${left}) : (${right})`),
      fc.tuple(unaryFunction, part).map(([called, argument]) => `${called}(${argument})`),
      fc.tuple(part, unaryFunction).map(([argument, called]) => `(${argument}) ~> ${called}`),
      fc.tuple(part, part).map(([items, body]) => `$map(${items}, function($x, $i) { [$x, $i, ${body}] })`),
      fc.tuple(part, part).map(([items, body]) => `$filter(${items}, function($x) { ${body} })`),
      fc.tuple(part).map(([items]) => `$reduce(${items}, function($x, $y) { $string($x) & $string($y) })`),
      fc.tuple(part, part).map(([value, body]) => `($v := ${value}; ${body})`),
      fc.tuple(part, name).map(([value, key]) => `(${value}) ~> |$|{"${key}": 1}, "name"|`),
      fc.tuple(part, text).map(([value, mark]) => `$split(${value}, ${mark})`),
      fc.tuple(part, text).map(([value, mark]) => `$contains(${value}, ${mark})`),
      fc.tuple(part, part).map(([left, right]) => `$append(${left}, ${right})`),
      fc.tuple(part, part).map(([left, right]) => `$zip(${left}, ${right})`),
      fc.tuple(part, name).map(([object, key]) => `$lookup(${object}, "${key}")`),
      fc.tuple(number, number).map(([from, to]) => `[${from}..${to}]`),
    ),
  }
})

type Outcome = { readonly value: unknown } | { readonly error: string | undefined }

/** As JSON has it: a sequence is an array, a function is nothing, and what JSON cannot hold is an error. */
function plain(value: unknown): unknown {
  if (value === undefined) return undefined
  return JSON.parse(
    JSON.stringify(value, (_key, item: unknown) => {
      if (typeof item === 'number' && !Number.isFinite(item)) throw { code: 'D1001' }
      return item
    }),
  )
}

async function theirs(source: string, json: Json): Promise<Outcome> {
  try {
    return { value: plain(await jsonata(source).evaluate(structuredClone(json), { v: 3 })) }
  } catch (error) {
    return { error: (error as { code?: string }).code }
  }
}

function ours(source: string, json: Json): Outcome {
  try {
    return { value: plain(compileExpression(source).evaluate(json, { v: 3 })) }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { error: error.code }
  }
}

test('agrees with the package on expressions and data made up at random', async () => {
  await fc.assert(
    fc.asyncProperty(expression, input, async (source, json) => {
      const expected = await theirs(source, json)
      const actual = ours(source, json)
      if (!('error' in expected)) expect(actual).toEqual(expected)
      else if (expected.error !== undefined) expect(actual, JSON.stringify(expected)).toHaveProperty('error')
    }),
    { numRuns: Number(process.env.AGREEMENT_RUNS ?? 2_000), seed: seedOf() },
  )
}, 60_000)

/** The same every time, unless asked to look further. */
function seedOf(): number {
  return Number(process.env.AGREEMENT_SEED ?? 1)
}
