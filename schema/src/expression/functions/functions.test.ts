import { describe, expect, test } from 'vitest'
import { compileExpression, ExpressionError } from '../index.ts'

// An example or two for each function, by family. The JSONata suite and the agreement with the package go further.

const families: Readonly<Record<string, readonly (readonly [string, unknown])[]>> = {
  strings: [
    ['$string({"a": [1, 0.1 + 0.2, null, "x"]})', '{"a":[1,0.3,null,"x"]}'],
    ['$string({"a": [1], "b": {}}, true)', '{\n  "a": [\n    1\n  ],\n  "b": {}\n}'],
    ['$length("a😀b")', 3],
    ['$substring("hello", 1, 3)', 'ell'],
    ['$substring("hello", -3)', 'llo'],
    ['$substring("a😀b", 1, 1)', '😀'],
    ['$substringBefore("a-b-c", "-")', 'a'],
    ['$substringAfter("a-b-c", "-")', 'b-c'],
    ['$substringAfter("abc", "-")', 'abc'],
    ['$uppercase("aé") & $lowercase("BÉ")', 'AÉbé'],
    ['$trim("  a \\n b  ")', 'a b'],
    ['$pad("a", 4) & $pad("b", -4, "#-")', 'a   #-#b'],
    ['$join(["a", "b"], ", ")', 'a, b'],
    ['"a" & 1 & true & null & missing & [1]', 'a1truenull[1]'],
  ],
  matching: [
    ['$contains("abracadabra", /a.*d/)', true],
    ['$contains("abc", "x")', false],
    ['$match("ababbabbcc", /a(b+)/)[1]', { match: 'abb', index: 2, groups: ['abb'.slice(1)] }],
    ['$match("ab", /c/)', undefined],
    ['$replace("John Smith", /(\\w+)\\s(\\w+)/, "$2, $1")', 'Smith, John'],
    ['$replace("aaa", "a", "b", 2)', 'bba'],
    ['$replace("a1b22", /\\d+/, function($m) { "<" & $m.match & ">" })', 'a<1>b<22>'],
    ['$replace("price", /p/, "$$1$0$9")', '$1price'],
    ['$split("a, b,c", /,\\s*/)', ['a', 'b', 'c']],
    ['$split("a-b-c", "-", 2)', ['a', 'b']],
    ['$contains("STRASSE", /strasse/i)', true],
    ['$match("one\\ntwo", /^t/m).index', 4],
    ['/b/("abc").start', 1],
  ],
  encoding: [
    ['$base64encode("hello")', 'aGVsbG8='],
    ['$base64decode("aGVsbG8=")', 'hello'],
    ['$encodeUrlComponent("a b&c") & $decodeUrlComponent("%3Fx")', 'a%20b%26c?x'],
    ['$encodeUrl("http://x/a b?q=é")', 'http://x/a%20b?q=%C3%A9'],
    ['$decodeUrl("http://x/a%20b")', 'http://x/a b'],
  ],
  numbers: [
    ['[$number("1e3"), $number("0x1F"), $number(true)]', [1000, 31, 1]],
    ['[$abs(-1), $floor(1.9), $ceil(1.1), $sqrt(9), $power(2, 10)]', [1, 1, 2, 3, 1024]],
    ['[0.5, 1.5, 2.5, -0.5].$round()', [0, 2, 2, 0]],
    ['[$round(123.456, 2), $round(125, -1), $round(4.525, 2)]', [123.46, 120, 4.52]],
    ['[$formatBase(255, 16), $formatBase(2)]', ['ff', '2']],
    ['$formatNumber(1234567.891, "#,##0.00")', '1,234,567.89'],
    ['$formatNumber(-0.14, "01%;(01%)")', '(14%)'],
    ['$formatNumber(1234.5678, "00.000e0")', '12.346e2'],
    ['$formatNumber(5, "\u2460\u2461.\u2460", {"zero-digit": "\u245f"})', '\u245f\u2464.\u245f'],
    ['$formatInteger(1234567, "#,##0")', '1,234,567'],
    ['[$formatInteger(1999, "I"), $formatInteger(28, "a"), $formatInteger(3, "0;o")]', ['MCMXCIX', 'ab', '3rd']],
    ['$formatInteger(1234, "w")', 'one thousand, two hundred and thirty-four'],
    ['$formatInteger(21, "Ww;o")', 'Twenty-First'],
    ['$parseInteger("one thousand, two hundred and thirty-four", "w")', 1234],
    ['[$parseInteger("MCMXCIX", "I"), $parseInteger("1,234", "#,##0"), $parseInteger("ab", "a")]', [1999, 1234, 28]],
    ['[$sum([1, 2]), $max([1, 2]), $min([1, 2]), $average([1, 2])]', [3, 2, 1, 1.5]],
    ['[$boolean("x"), $not(0), $exists(missing)]', [true, true, false]],
  ],
  arrays: [
    ['$count([1, 2, 3]) + $count(missing)', 3],
    ['$append([1], [2, 3])', [1, 2, 3]],
    ['$reverse([1, 2, 3])', [3, 2, 1]],
    ['$sort(["b", "a"])', ['a', 'b']],
    ['$sort([1, 3, 2], function($l, $r) { $l < $r })', [3, 2, 1]],
    ['$distinct([1, {"a": 1}, 1, {"a": 1}])', [1, { a: 1 }]],
    [
      '$zip([1, 2, 3], [4, 5])',
      [
        [1, 4],
        [2, 5],
      ],
    ],
    ['$count($shuffle([1..10]))', 10],
  ],
  objects: [
    ['$keys([{"a": 1}, {"b": 2, "a": 3}])', ['a', 'b']],
    ['$lookup({"a": 1}, "a")', 1],
    ['$spread({"a": 1, "b": 2})', [{ a: 1 }, { b: 2 }]],
    ['$merge([{"a": 1}, {"b": 2}, {"a": 3}])', { a: 3, b: 2 }],
    ['$clone({"a": [1]})', { a: [1] }],
    [
      '[null, 1, "a", true, [], {}, $sum].$type($)',
      ['null', 'number', 'string', 'boolean', 'array', 'object', 'function'],
    ],
    ['$sift({"a": 1, "b": 2}, function($v, $k) { $k = "b" })', { b: 2 }],
    ['$each({"a": 1, "b": 2}, function($v, $k) { $k & $v })', ['a1', 'b2']],
  ],
  'higher-order functions': [
    ['$map([1, 2], function($v, $i, $a) { $v + $i + $count($a) })', [3, 5]],
    ['$map([1, 2], $string)', ['1', '2']],
    ['$filter([1, 2, 3], function($v) { $v > 1 })', [2, 3]],
    ['$single([1, 2, 3], function($v) { $v = 2 })', 2],
    ['$reduce([1, 2, 3], function($a, $b) { $a * $b }, 10)', 60],
    ['($add := function($a, $b) { $a + $b }; $inc := $add(?, 1); $inc(4))', 5],
    ['($f := $uppercase ~> $length; $f("abc"))', 3],
    ['(function($x)<s-:s> { $x & "!" })("a")', 'a!'],
    ['nested.title.(function($x)<s-:s> { $x & "!" })()', 't!'],
    ['($f := function($n) { $n = 0 ? 0 : $f($n - 1) }; $f(5000))', 0],
    ['($fact := function($n) { $n <= 1 ? 1 : $n * $fact($n - 1) }; $fact(20))', 2432902008176640000],
  ],
  dates: [
    ['$fromMillis(1510067557121)', '2017-11-07T15:12:37.121Z'],
    ['$fromMillis(1510067557121, "[M01]/[D01]/[Y0001] [h#1]:[m01][P]")', '11/07/2017 3:12pm'],
    ['$fromMillis(1510067557121, "[FNn], [D1o] [MNn] [Y]", "-0500")', 'Tuesday, 7th November 2017'],
    ['$fromMillis(0, "[H01]:[m01] [Z]", "+0530")', '05:30 +05:30'],
    ['$fromMillis(1104537600000, "[X0001]-W[W01]-[F1]")', '2004-W53-6'],
    ['$toMillis("2017-11-07T15:12:37.121Z")', 1510067557121],
    ['$toMillis("7th November 2017 3:12 pm", "[D1o] [MNn] [Y] [h]:[m] [Pn]")', 1510067520000],
    ['$toMillis("2018-01-01T10:00:00-05:00")', 1514818800000],
    ['$toMillis("not that", "[Y]-[M]")', undefined],
  ],
  language: [
    ['items^(>price, name).name', ['b', 'c', 'a']],
    ['items{kind: $sum(price)}', { x: 3, y: 2 }],
    ['items#$i[kind = "x"].$i', [0, 2]],
    ['items@$a.items@$b[$a.kind = $b.kind and $a.name < $b.name].{"a": $a.name, "b": $b.name}', { a: 'a', b: 'c' }],
    ['nested.list.{"of": %.title, "is": $}', { of: 't', is: 1 }],
    [
      'items ~> |$[kind = "y"]|{"price": 0}, "name"|',
      [
        { name: 'a', kind: 'x', price: 1 },
        { kind: 'y', price: 0 },
        { name: 'c', kind: 'x', price: 2 },
      ],
    ],
    ['**.title', 't'],
    ['nested.*', [1, 't']],
    ['items[[0, 2]].name', ['a', 'c']],
    ['items[-1].name', 'c'],
    ['"x" in items.kind', true],
    ['missing ?? "default"', 'default'],
    ['nothing ?: "default"', 'default'],
    ['[1..3].($ * $)', [1, 4, 9]],
    ['($x := 1; $y := $x + 1; [$x, $y])', [1, 2]],
    ['/* a comment */ 5 % 3', 2],
  ],
}

const input = {
  nothing: '',
  items: [
    { name: 'a', kind: 'x', price: 1 },
    { name: 'b', kind: 'y', price: 2 },
    { name: 'c', kind: 'x', price: 2 },
  ],
  nested: { list: [1], title: 't' },
}

for (const [family, examples] of Object.entries(families)) {
  describe(family, () => {
    test.each(examples)('%s', (source, expected) => {
      expect(compileExpression(source).evaluate(input)).toStrictEqual(expected)
    })
  })
}

describe('wrong arguments', () => {
  test.each([
    ['$sum(["a"])', 'T0412'],
    ['$sum(1, 2)', 'T0410'],
    ['$join([1], 5)', 'T0410'],
    ['5.$length()', 'S0213'],
    ['$length()', 'T0411'],
    ['$replace("a", "", "b")', 'D3010'],
    ['$split("a", "b", -1)', 'D3020'],
    ['$match("a", /a/, -1)', 'D3040'],
    ['$replace("a", /a/, function() { 1 })', 'D3012'],
    ['$match("a", function() { 5 })', 'T1010'],
    ['$sqrt(-1)', 'D3060'],
    ['$power(10, 400)', 'D3061'],
    ['$formatBase(1, 99)', 'D3100'],
    ['$formatNumber(1, "0.0.0")', 'D3081'],
    ['$formatInteger(1, "")', 'D3130'],
    ['$toMillis("yesterday")', 'D3110'],
    ['$fromMillis(0, "[q]")', 'D3132'],
    ['$fromMillis(0, "[Y")', 'D3135'],
    ['$sort([1, "a"])', 'D3070'],
    ['[{"a": 1}, {"a": "x"}]^(a)', 'T2007'],
    ['$reduce([1], function($x) { $x })', 'D3050'],
    ['$single([1, 2])', 'D3138'],
    ['$single([])', 'D3139'],
    ['$decodeUrl("%")', 'D3140'],
    ['(function($x)<n:n> { $x })("a")', 'T0410'],
    ['$x(?)', 'T1008'],
    ['string(?)', 'T1007'],
    ['{"a": 1} ~> |$|5|', 'T2011'],
    ['{"a": 1} ~> |$|{}, 5|', 'T2012'],
    ['["a"]{$: 1, "a": 2}', 'D1009'],
  ])('%s gives %s', (source, code) => {
    const run = () => compileExpression(source).evaluate(input)
    expect(run).toThrow(ExpressionError)
    expect(run).toThrow(expect.objectContaining({ code }))
  })
})
