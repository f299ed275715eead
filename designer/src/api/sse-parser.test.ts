import { expect, test } from 'vitest'
import { createSseParser } from './sse-parser.ts'

test('a message may arrive in any number of pieces', () => {
  const parse = createSseParser()
  expect(parse('id: 7\nevent: his')).toEqual([])
  expect(parse('tory\ndata: {"seq"')).toEqual([])
  expect(parse(':7}\n\nda')).toEqual([{ event: 'history', id: '7', data: '{"seq":7}' }])
  expect(parse('ta: x\n\n')).toEqual([{ event: 'message', id: null, data: 'x' }])
})

test('comments give no message and several data lines are joined', () => {
  const parse = createSseParser()
  expect(parse(': ping\n\ndata: a\r\ndata: b\r\n\r\n')).toEqual([{ event: 'message', id: null, data: 'a\nb' }])
})

test('a piece that ends between CR and LF does not end the message twice', () => {
  const parse = createSseParser()
  expect([...parse('data: a\r'), ...parse('\n\r'), ...parse('\ndata: b\n\n')].map((message) => message.data)).toEqual([
    'a',
    'b',
  ])
})
