import { describe, expect, test } from 'vitest'
import { compileCondition, compileExpression, ExpressionError, type Json } from './index.ts'

const evaluate = (source: string, input?: Json, bindings?: { readonly [name: string]: Json | undefined }) =>
  compileExpression(source).evaluate(input, bindings)

const order = { total: 120, status: 'paid', items: [{ price: 4 }, { price: 8 }] }

function errorOf(run: () => unknown): ExpressionError {
  try {
    run()
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
  throw new Error('There is no error')
}

describe('an expression', () => {
  test('is compiled once and evaluated many times', () => {
    const { evaluate: total } = compileExpression('$sum(items.price) * $factor')
    expect(total(order, { factor: 2 })).toBe(24)
    expect(total({ items: [] }, { factor: 3 })).toBeUndefined()
    expect(total({ items: { price: 5 } }, { factor: 3 })).toBe(15)
  })

  test('gives plain JSON, without functions and without marks of its own', () => {
    const result = evaluate('items.price', order)
    expect(result).toStrictEqual([4, 8])
    expect(Reflect.ownKeys(result as object)).toEqual(['0', '1', 'length'])
    expect(evaluate('function($x) { $x }')).toBeUndefined()
    expect(evaluate('{"a": $sum, "b": 1}')).toStrictEqual({ b: 1 })
    expect(evaluate('[$sum, 1]')).toStrictEqual([null, 1])
    expect(evaluate('{"a": {"b": items.price}}', order)).toStrictEqual({ a: { b: [4, 8] } })
  })

  test('shares what its input already has', () => {
    expect(evaluate('items', order)).toBe(order.items)
    expect(evaluate('$order.items', {}, { order })).toBe(order.items)
  })

  test('gives undefined where nothing matches', () => {
    expect(evaluate('missing.path', order)).toBeUndefined()
    expect(evaluate('items[price > 100]', order)).toBeUndefined()
    expect(evaluate('total + missing', order)).toBeUndefined()
    expect(evaluate('anything')).toBeUndefined()
  })

  test('unwraps one match, and keeps the array where [] asks for it', () => {
    expect(evaluate('items[price > 5].price', order)).toBe(8)
    expect(evaluate('items[price > 5].price[]', order)).toStrictEqual([8])
    expect(evaluate('items[0]', order)).toStrictEqual({ price: 4 })
    expect(evaluate('$[0]', [[1], [2]])).toStrictEqual([1])
  })

  test('refuses a number that JSON cannot hold', () => {
    expect(errorOf(() => evaluate('1 / 0')).code).toBe('D1001')
    expect(errorOf(() => evaluate('{"a": 0 / 0}')).code).toBe('D1001')
    expect(Object.is(evaluate('-0'), 0)).toBe(true)
  })
})

describe('bindings', () => {
  test('are found by name, and an unbound variable is undefined', () => {
    expect(evaluate('$a + $b', {}, { a: 1, b: 2 })).toBe(3)
    expect(evaluate('$a + $b', {}, { a: 1 })).toBeUndefined()
    expect(evaluate('$missing')).toBeUndefined()
  })

  test('are looked up only when asked for', () => {
    const bindings = Object.defineProperty({ a: 1 } as Record<string, Json>, 'b', {
      enumerable: true,
      get: () => {
        throw new Error('looked up')
      },
    })
    expect(evaluate('$a', {}, bindings)).toBe(1)
    expect(evaluate('true or $b', {}, bindings)).toBe(true)
  })

  test('may have the name of a function, which can still be called', () => {
    expect(evaluate('$count + $count([1, 2])', {}, { count: 10 })).toBe(12)
    expect(evaluate('$error.message', {}, { error: { message: 'broken' } })).toBe('broken')
    expect(evaluate('$error')).toBeUndefined()
  })

  test('give way to what the expression binds itself, within its block', () => {
    expect(evaluate('[($a := 5; $a), $a]', {}, { a: 1 })).toStrictEqual([5, 1])
    expect(evaluate('($a := $a + 1; $a)', {}, { a: 1 })).toBe(2)
  })
})

describe('the host', () => {
  const draws = [0.1, 0.9, 0.5, 0.3, 0.7]
  const host = () => {
    let at = 0
    return { millis: 1_700_000_000_000, random: () => draws[at++ % draws.length] ?? 0 }
  }

  test('says what time it is and draws', () => {
    const now = compileExpression('[$now(), $millis(), $random(), $random()]')
    expect(now.evaluate({}, {}, host())).toStrictEqual(['2023-11-14T22:13:20.000Z', 1_700_000_000_000, 0.1, 0.9])
    expect(compileExpression('$now("[Y]-[M01]", "+0200")').evaluate({}, {}, host())).toBe('2023-11')
  })

  test('makes the same UUIDs and orders for the same draws', () => {
    const source = compileExpression('{"id": $uuid(), "order": $shuffle([1..5])}')
    const first = source.evaluate({}, {}, host())
    expect(first).toStrictEqual(source.evaluate({}, {}, host()))
    expect((first as { id: string }).id).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
    expect([...(first as { order: number[] }).order].sort()).toStrictEqual([1, 2, 3, 4, 5])
  })

  test('may be left out; the time stands still within an evaluation all the same', () => {
    const before = Date.now()
    expect(evaluate('$millis() = $millis() and $toMillis($now()) = $millis()')).toBe(true)
    expect(evaluate('$millis()')).toBeGreaterThanOrEqual(before)
    expect(evaluate('$uuid() != $uuid()')).toBe(true)
  })
})

describe('an error', () => {
  test.each([
    ['order.total > ', 'S0207', 14],
    ['(1 + 2', 'S0203', 6],
    ['"open', 'S0101', 5],
    ['a b', 'S0201', 3],
    ['@ 1', 'S0211', 1],
    ['/[/', 'S0302', 3],
    ['a[1', 'S0203', 3],
  ])('of syntax comes from compiling: %s', (source, code, position) => {
    const error = errorOf(() => compileExpression(source))
    expect(error).toMatchObject({ code, position, name: 'ExpressionError' })
    expect(error.message).not.toBe('')
  })

  test.each([
    ['1 + "a"', 'T2002', 3, '+'],
    ['total < true', 'T2010', 7, '<'],
    ['total > "a"', 'T2009', 7, '>'],
    ['$uppercase(5)', 'T0410', 11, 'uppercase'],
    ['total()', 'T1006', 6, 'total'],
    ['count(items)', 'T1005', 6, 'count'],
    ['$nothing(1)', 'T1006', 9, 'nothing'],
    ['-status', 'D1002', 1, '-'],
    ['{total: 1}', 'T1003', 1, ''],
    ['$map(items, function($i) { $i.price & 1 + $i })', 'T2001', 41, '+'],
    ['$number("x")', 'D3030', 8, 'number'],
    ['items ~> 5', 'T2006', 8, '~>'],
  ])('of evaluation tells where and about what: %s', (source, code, position, token) => {
    expect(errorOf(() => evaluate(source, order))).toMatchObject({ code, position, token })
  })

  test('can be raised by the author', () => {
    expect(errorOf(() => evaluate('$error("No stock")'))).toMatchObject({ code: 'D3137', message: 'No stock' })
    expect(errorOf(() => evaluate('$assert(1 = 2, "Odd")'))).toMatchObject({ code: 'D3141', message: 'Odd' })
  })

  test.each(['/(?=a)/', '/(?!a)/', '/(?<=a)b/', '/(a)\\1/'])('refuses a regex that needs backtracking: %s', (regex) => {
    const error = errorOf(() => compileExpression(`$match("a", ${regex})`))
    expect(error).toMatchObject({ code: 'S9004', token: regex })
  })

  test('refuses $eval and long sources', () => {
    expect(errorOf(() => compileExpression('1 + $eval("1")'))).toMatchObject({ code: 'S9003', position: 9 })
    expect(errorOf(() => compileExpression(`"${'a'.repeat(4_095)}"`)).code).toBe('S9001')
    expect(evaluate(`"${'a'.repeat(4_094)}"`)).toHaveLength(4_094)
  })
})

describe('what an expression says about itself', () => {
  const about = (source: string) => {
    const { variables, stepReferences, usesInput, references } = compileExpression(source)
    return {
      variables: [...variables],
      steps: [...stepReferences],
      usesInput,
      at: references.map(({ position }) => position),
    }
  }

  test('are its free variables, with their places', () => {
    expect(about('$input.a + $limit + $limit')).toMatchObject({ variables: ['input', 'limit'], at: [0, 11, 20] })
    expect(about('($a := 1; $a + $b)')).toMatchObject({ variables: ['b'] })
    expect(about('($a := $a + 1; $a)')).toMatchObject({ variables: ['a'] })
    expect(about('$map($list, function($x) { $x + $y })')).toMatchObject({ variables: ['list', 'y'] })
    expect(about('($f := function($n) { $n = 0 ? $g() : $f($n - 1) }; $g := function() { 1 }; $f(3))')).toMatchObject({
      variables: [],
    })
    expect(about('$orders@$o.items#$i.{"a": $o, "b": $i, "c": $c}')).toMatchObject({ variables: ['orders', 'c'] })
    expect(about('$now() & $uuid() & $string($random())')).toMatchObject({ variables: [] })
    expect(about('$error.type = "Timeout"')).toMatchObject({ variables: ['error'] })
  })

  test('are the steps that it looks at', () => {
    expect(about('$steps.charge.output.id & $steps.`ship-it`.output')).toMatchObject({ steps: ['charge', 'ship-it'] })
    expect(about('($steps := 1; $steps.a)')).toMatchObject({ steps: [] })
    expect(about('$map($steps.charge.output, function($x) { $steps.refund.output })')).toMatchObject({
      steps: ['charge', 'refund'],
    })
  })

  test('is whether it looks at its input', () => {
    for (const source of [
      'a',
      '$',
      '$$.a',
      'a.b',
      '$sum(a)',
      '*',
      '**',
      '$string()',
      '[a]',
      '{"k": a}',
      '"x" & a',
      '$v[$$.a]',
    ]) {
      expect(about(source).usesInput, source).toBe(true)
    }
    for (const source of [
      '1',
      '$v',
      '$v.a',
      '$v[price > 5].name',
      '$v{key: value}',
      '$v^(price)',
      '$string(1)',
      '$v.(a + b)',
    ]) {
      expect(about(source).usesInput, source).toBe(false)
    }
  })

  test('is where it names its input, and whether it looks at it without a name', () => {
    const named = (source: string) => {
      const { inputReferences, hidesInput } = compileExpression(source)
      return [inputReferences.map(({ name, position }) => `${name} ${position}`), hidesInput]
    }
    expect(named('order.total + `a b` & $.x')).toEqual([['order 5', 'a b 19', '$ 23'], false])
    expect(named('$v[$$.a = price]')).toEqual([['$$ 5'], false])
    expect(named('**.x')).toEqual([[], true])
    expect(named('$uppercase()')).toEqual([[], true])
  })
})

describe('a condition', () => {
  test.each<[string, boolean]>([
    ['total > 100 and items[0].price < 5', true],
    ['total > 100 and items[0].price > 5', false],
    ['missing', false],
    ['missing > 5', false],
    ['status', true],
    ['""', false],
    ['items', true],
    ['[]', false],
    ['[0, 0]', false],
    ['[0, 1]', true],
    ['{}', false],
    ['null', false],
    ['0', false],
    ['function() { true }', false],
    ['$not(missing)', false],
  ])('%s is %s', (source, expected) => {
    expect(compileCondition(source).test(order)).toBe(expected)
  })

  test('throws as its expression does', () => {
    expect(errorOf(() => compileCondition('total > "a"').test(order)).code).toBe('T2009')
  })
})

test('a budget of the caller replaces the default one, part by part', () => {
  const within = (budget: object) => () => compileExpression('[1..20].($ * 2)', { budget }).evaluate()
  expect(within({})()).toHaveLength(20)
  expect(within({ elements: 20 })()).toHaveLength(20)
  expect(errorOf(within({ elements: 19 })).code).toBe('D2015')
  expect(errorOf(within({ steps: 20 })).code).toBe('D1012')
  expect(errorOf(within({ size: 50 })).code).toBe('D9001')
  expect(errorOf(() => compileExpression('[[[1]]]', { budget: { depth: 1 } }).evaluate()).code).toBe('D9002')
})
