import { describe, expect, test } from 'vitest'
import { compileExpression, ExpressionError, type Json } from '../index.ts'

// Each of these once took a process down, here or elsewhere, or is built like one that did. Each must end in a clean error
// (or in the harmless answer given) soon and without filling the heap. Time is that of the processor, best of three,
// since the machine may have other work.

const timeLimit = 250
const heapLimit = 100_000_000

const many = Array.from({ length: 100_000 }, (_item, at) => (at * 7_919) % 100_003)
const objects: Json = many.map((x) => ({ x }))
const long = 'a'.repeat(260_000)
const wide: Json = Object.fromEntries(many.map((x) => [`k${x}`, 1]))

function nested(levels: number, wrap: (inner: Json) => Json): Json {
  let value: Json = 1
  for (let level = 0; level < levels; level++) value = wrap(value)
  return value
}
const deepArrays = nested(20_000, (inner) => [inner])
const deepObjects = nested(20_000, (a) => ({ a }))

const repeat = (text: string, times: number) => text.repeat(times)
const around = (open: string, inner: string, close: string, times: number) =>
  repeat(open, times) + inner + repeat(close, times)
const doubled = around('(', 'a', '??b)', 60)

interface Hostile {
  readonly expression: string
  readonly code: string | readonly string[]
  readonly bindings?: { readonly [name: string]: Json }
}

const groups: Readonly<Record<string, Readonly<Record<string, Hostile>>>> = {
  'sources that break parsers': {
    '20,000 terms': { expression: `${repeat('a+', 19_999)}a`, code: 'S9001' },
    'terms up to the length limit': { expression: `${repeat('a+', 2_047)}a`, code: 'S9002' },
    'deep parentheses': { expression: around('(', '1', ')', 2_000), code: 'S9002' },
    'deep brackets': { expression: around('[', '', ']', 2_000), code: 'S9002' },
    'brackets that never close': { expression: repeat('[', 4_000), code: 'S9002' },
    'minus upon minus': { expression: `${repeat('-', 4_000)}1`, code: 'S9002' },
    'a ladder of conditions': { expression: `${repeat('a?1:', 1_000)}1`, code: 'S9002' },
    'assignments of assignments': { expression: `${repeat('$a:=', 1_000)}1`, code: 'S9002' },
    'nested ??, which the parser doubles': { expression: doubled, code: 'S9002' },
    'nested ?: in arrays': { expression: around('[', 'a', ']?:b', 60), code: 'S9002' },
    'nested ?? in calls': { expression: around('$f(', 'a', ' ?? b)', 60), code: 'S9002' },
    'nested ?? after a regex that holds a quote': { expression: `$match(a, /"/) & ${doubled}`, code: 'S9002' },
    'nested ?? after a transform and a regex': { expression: `|a|b|(/"/) + ${doubled}`, code: 'S9002' },
    'nested ?? after an order-by and a regex': { expression: `a^(/"/, ${doubled})`, code: 'S9002' },
    'nested ?? behind a signature': { expression: `function($a)<s"{">{ ${doubled} }`, code: 'S0201' },
    'nested ?? behind a quoted function': { expression: `\`function\`($a)<s"{">{ ${doubled} }`, code: 'S0201' },
    'a signature with exponentially many readings': {
      expression: `(function($x)<${repeat('s?', 800)}n:s>{1})(${repeat('"a",', 400)}[])`,
      code: 'T0410',
    },
  },
  'strings that grow': {
    '$pad to 100 million': { expression: '$pad("a", 100000000)', code: 'D9001' },
    '$pad to the left': { expression: '$pad("a", -100000000, "xyz")', code: 'D9001' },
    'many large pads': { expression: '$map([1..1000], function() { $pad("a", 200000) })', code: 'D1012' },
    '$join of large strings': { expression: '$join([1..100].$pad("", 10000, "x"))', code: 'D9001' },
    '$join with a large separator': { expression: '$join([1..100].$string(), $pad("", 200000, "x"))', code: 'D9001' },
    'doubling by &': { expression: '($f := function($s) { $f($s & $s) }; $f("ab"))', code: 'D9001' },
    '$replace that lengthens': { expression: '$replace($pad("", 200000, "a"), "a", "bbbbbbbb")', code: 'D9001' },
    'many passes over one string': {
      expression: '[1..10000].$uppercase($s)',
      code: 'D1012',
      bindings: { s: long },
    },
    'comparing long strings': {
      expression: '[1..10000].($a < $b)',
      code: 'D1012',
      bindings: { a: `${long}x`, b: `${long}y` },
    },
    'Base64 over and over': { expression: '[1..10000].$base64decode($s)', code: 'D1012', bindings: { s: long } },
  },
  'regexes that explode': {
    '(a+)+': { expression: '$contains($s, /^(a+)+$/)', code: ['D1012'], bindings: { s: `${long}!` } },
    'matches that each read to the end': { expression: '$match($s, /a(.*b)?/)', code: 'D1012', bindings: { s: long } },
    'the same in $replace': { expression: '$replace($s, /(a)(.*b)?/, "x")', code: 'D1012', bindings: { s: long } },
    'large counts': {
      expression: '$contains($s, /(a{1,50}){1,15}b?c/)',
      code: 'D1012',
      bindings: { s: `${'a'.repeat(20_000)}c` },
    },
    'counts of counts': { expression: '/((a{100}){100}){100}/', code: 'S9004' },
    'an empty match over and over': { expression: '$match("aab", /x*/)', code: 'D1004' },
    'a matcher without end': {
      expression:
        '($m := function() { {"match": "", "start": 0, "end": 0, "groups": [], "next": $m} }; $match("a", $m))',
      code: ['D2015', 'D1012'],
    },
    'dates in words': { expression: '[1..1000].$toMillis("one two", "[Yw][Mw][Dw][Hw][mw]")', code: 'D1012' },
  },
  'arrays that grow': {
    '$sort of 100,000': { expression: '$sort($d)', code: 'D2015', bindings: { d: many } },
    '$sort of a range of 100,000': { expression: '$count($sort([1..100000]))', code: 'D2015' },
    '$sort by a function': {
      expression: '$sort($d, function($a, $b) { $a > $b })',
      code: 'D1012',
      bindings: { d: many.slice(0, 10_000) },
    },
    'order-by of 100,000': { expression: '$d^(x)', code: ['D2015', 'D1012'], bindings: { d: objects } },
    'a huge range': { expression: '[1..10000000]', code: 'D2015' },
    'a range beyond any limit': { expression: '[1..1000000000000]', code: 'D2014' },
    'ranges of ranges': { expression: '[1..10000].[1..10000]', code: ['D2015', 'D1012'] },
    'a cartesian product': {
      expression: '$d@$a.$d@$b.$d@$c.{"a": $a}',
      code: 'D2015',
      bindings: { d: many.slice(0, 1_000) },
    },
    'a product of ranges': { expression: '[1..1000].($x := $; [1..1000].($x * $))', code: ['D2015', 'D1012'] },
    'doubling arrays': { expression: '($f := function($s) { $f([$s, $s]) }; $f([1]))', code: 'D2015' },
    '$append in $reduce': { expression: '$reduce([1..5000], $append)', code: 'D1012' },
    '$distinct of objects': {
      expression: '$distinct($d)',
      code: 'D1012',
      bindings: { d: many.slice(0, 9_000).map((x) => ({ x })) },
    },
    '$zip of large arrays': { expression: '$zip($d, $d)', code: 'D2015', bindings: { d: many } },
    'sums over and over': { expression: '[1..10000].$sum($d)', code: 'D1012', bindings: { d: many } },
    'wide objects over and over': { expression: '[1..10000].$boolean($o)', code: 'D1012', bindings: { o: wide } },
    'merging wide objects': { expression: '[1..1000].$merge([$o, $o])', code: 'D1012', bindings: { o: wide } },
    'a large result': { expression: '$d', code: ['D9001', 'D1012'], bindings: { d: many } },
  },
  recursion: {
    'without end': { expression: '($f := function($x) { 1 + $f($x) }; $f(1))', code: 'D1011' },
    'in tail position': { expression: '($f := function($x) { $f($x) }; $f(1))', code: 'D1012' },
    'of two functions': {
      expression: '($a := function() { [$b()] }; $b := function() { {"a": $a()} }; $a())',
      code: 'D1011',
    },
    'of two functions in tail position': {
      expression: '($a := function() { $b() }; $b := function() { $a() }; $a())',
      code: 'D1012',
    },
    'without a name': { expression: '(function($f) { [$f($f)] })(function($f) { [$f($f)] })', code: 'D1011' },
    'through $map': { expression: '($f := function($x) { $map([1..10], $f) }; $f(1))', code: 'D1011' },
    'through $sift': { expression: '($f := function() { $sift({"a": 1}, $f) }; $f())', code: 'D1011' },
    'through $replace': { expression: '($f := function() { $replace("a", /a/, $f) }; $f())', code: 'D1011' },
    'through a filter': { expression: '($f := function() { [1][$f()] }; $f())', code: 'D1011' },
    'through an order-by': { expression: '($f := function() { [1, 2]^($f()) }; $f())', code: 'D1011' },
    'through a transform': { expression: '($f := function() { {} ~> |$|{"a": $f()}| }; $f())', code: 'D1011' },
    'in a deep expression': {
      expression: `($f := function() { ${around('(', '1 + $f()', ')', 200)} }; $f())`,
      code: 'D1011',
    },
    'in deep objects': {
      expression: `($f := function() { ${around('{"a":', '[$f()]', '}', 200)} }; $f())`,
      code: 'D1011',
    },
    'chains of chains': { expression: '($g := function($h) { $g($h ~> $h) }; $g($string))', code: ['D1012', 'D1011'] },
    'partial upon partial': {
      expression: '($g := function($h, $n) { $n = 0 ? $h(1) : $g($h(?), $n - 1) }; $g($string, 5000))',
      code: 'D1011',
    },
    'function within function': {
      expression:
        '($g := function($h, $n) { $n = 0 ? $h() : $g(function() { 1 + $h() }, $n - 1) }; $g(function() { 1 }, 5000))',
      code: 'D1011',
    },
  },
  'deep and shared data': {
    'a deep array as the result': { expression: '$d', code: 'D9002', bindings: { d: deepArrays } },
    'a deep array as text': { expression: '$string($d)', code: 'D9002', bindings: { d: deepArrays } },
    'the truth of a deep array': { expression: '$boolean($d)', code: 'D9002', bindings: { d: deepArrays } },
    'deep equality': {
      expression: '$d = $e',
      code: 'D9002',
      bindings: { d: deepArrays, e: nested(20_000, (inner) => [inner]) },
    },
    'all descendants': { expression: '$d.**', code: 'D9002', bindings: { d: deepObjects } },
    'a name in a deep array': { expression: '$d.a', code: 'D9002', bindings: { d: deepArrays } },
    'a deep transform': { expression: '$d ~> |**|{"x": 1}|', code: 'D9002', bindings: { d: deepObjects } },
    'an object in itself': { expression: '{"a": 1} ~> |$|{"self": $}|', code: 'D9002' },
    'depth built in a loop': {
      expression: '($f := function($a, $n) { $n = 0 ? $a : $f({"a": $a}, $n - 1) }; $f(1, 5000))',
      code: 'D9002',
    },
    'shared data that grows when written out': {
      expression: '($f := function($s, $n) { $n = 0 ? $s : $f({"a": $s, "b": $s}, $n - 1) }; $f("ab", 60))',
      code: 'D9001',
    },
    'the same, compared': {
      expression:
        '($f := function($s, $n) { $n = 0 ? $s : $f({"a": $s, "b": $s}, $n - 1) }; $f("ab", 60) = $f("ab", 60))',
      code: 'D1012',
    },
    'the same, as a truth': {
      expression: '($f := function($s, $n) { $n = 0 ? $s : $f([[$s], [$s]], $n - 1) }; $boolean($f(0, 60)))',
      code: 'D1012',
    },
  },
  'pictures and numbers': {
    'Roman numbers': { expression: '$formatInteger(1e15, "I")', code: 'D9001' },
    'a picture of 200,000 characters': { expression: '$formatInteger(12, $pad("", 200000, ","))', code: 'D9001' },
    'large pictures over and over': {
      expression: '[1..10000].$formatNumber(1, $pad("", 900, "#,") & "0")',
      code: 'D1012',
    },
    'a number too large': { expression: '1e308 * 10', code: 'D1001' },
    'not a number': { expression: '[0 / 0]', code: 'D1001' },
  },
}

function measure({ expression, bindings }: Hostile) {
  const heap = process.memoryUsage().heapUsed
  const start = process.cpuUsage()
  const outcome = run(expression, bindings)
  const { user, system } = process.cpuUsage(start)
  return { outcome, time: (user + system) / 1_000, heap: process.memoryUsage().heapUsed - heap }
}

function run(expression: string, bindings: Hostile['bindings']): unknown {
  try {
    return compileExpression(expression).evaluate({}, bindings)
  } catch (error) {
    return error
  }
}

for (const [title, group] of Object.entries(groups)) {
  describe(`${title} end in a clean error, soon and within the heap:`, () => {
    for (const [name, hostile] of Object.entries(group)) {
      test(name, () => {
        let measured = measure(hostile)
        for (let again = 0; again < 2 && (measured.time > timeLimit || measured.heap > heapLimit); again++) {
          measured = measure(hostile)
        }
        expect(measured.outcome).toBeInstanceOf(ExpressionError)
        expect([hostile.code].flat()).toContain((measured.outcome as ExpressionError).code)
        expect(measured.time).toBeLessThan(timeLimit)
        expect(measured.heap).toBeLessThan(heapLimit)
      })
    }
  })
}

test('a budget ends at the same step each time', () => {
  const source = '($f := function($n) { $f($n + 1) }; $f(0))'
  const errors = [1, 2].map(() => run(source, undefined) as ExpressionError)
  expect(errors[0]?.message).toBe(errors[1]?.message)
  const steps = (count: number) => () =>
    compileExpression('$sum([1..10].($ * 2))', { budget: { steps: count } }).evaluate()
  const needed = Array.from({ length: 500 }, (_item, at) => at).find((count) => {
    try {
      return steps(count)() === 110
    } catch {
      return false
    }
  })
  expect(steps(needed ?? 0)()).toBe(110)
  expect(steps((needed ?? 0) - 1)).toThrow(expect.objectContaining({ code: 'D1012' }))
})

test('recursion ends by count even when the host stands deep in its own stack', () => {
  const descend = (levels: number): unknown =>
    levels > 0 ? descend(levels - 1) : run('($f := function($x) { 1 + $f($x) }; $f(1))', undefined)
  expect(descend(1_000)).toMatchObject({ code: 'D1011' })
})
