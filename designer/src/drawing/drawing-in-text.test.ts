import { expect, test } from 'vitest'
import { drawingInText } from './drawing-in-text.ts'

const definition = { dsl: '1', name: 'd', start: 'a', steps: { a: { type: 'end' } } }

test('a definition is found alone, and in an exported drawing with its layout', () => {
  expect(drawingInText(JSON.stringify(definition))).toEqual({ definition })
  const layout = { positions: { a: { x: 1, y: 2 } }, tests: [{ name: 't', expect: {} }] }
  expect(drawingInText(JSON.stringify({ definition, layout }))).toEqual({ definition, layout })
  expect(drawingInText(JSON.stringify({ definition, layout: null }))).toEqual({ definition })
})

test.each(['', '{', '[]', '{"steps":{}}', '{"definition":{"dsl":"1"}}', '{"definition":5}'])(
  '%s is neither',
  (text) => {
    expect(drawingInText(text)).toBeUndefined()
  },
)
