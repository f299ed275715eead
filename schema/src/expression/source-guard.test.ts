import { expect, test } from 'vitest'
import { guardSource } from './source-guard.ts'

const repeat = (text: string, times: number) => text.repeat(times)

test.each([
  'order.total > 100 and order.items[0].price < 5',
  `{${Array.from({ length: 150 }, (_item, at) => `"k${at}": a ?? ${at}`).join(', ')}}`,
  `[${Array.from({ length: 300 }, (_item, at) => `a + ${at}`).join(', ')}]`,
  `${repeat('a ?? ', 200)}b`,
  `${repeat('a = 1 ? 2 : ', 100)}3`,
  `${repeat('$x & ', 300)}"end"`,
  '((a ?? b) ?? c).d ?? e',
  '"((((" & `[[[[` & /\\/(\\(\\[/ & \'{{{\'',
  '/* ((((( */ 1',
  'function($x)<a<s>n?:s> { $x / 2 } / 3',
  '|a|{"b": 1}, ["c"]| ~> $f',
  'a^(<b, >c)[0]',
])('lets through what people write: %s', (source) => {
  expect(() => guardSource(source)).not.toThrow()
})

test.each([
  [repeat('(', 501), 'S9002'],
  [`${repeat('(', 8)}a${repeat('?? b)', 8)}`, 'S9002'],
  [`${repeat('{"a":', 8)}a${repeat('} ?? b', 8)}`, 'S9002'],
  [`${repeat('a.', 600)}a`, 'S9002'],
  [repeat(' ', 4_097), 'S9001'],
])('refuses what would break the parser: %s', (source, code) => {
  expect(() => guardSource(source)).toThrow(expect.objectContaining({ code }))
})
