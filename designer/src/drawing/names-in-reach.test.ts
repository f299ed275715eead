import { expect, test } from 'vitest'
import type { JsonObject } from './json.ts'
import { namesInReach, sampleInReach } from './names-in-reach.ts'

const definition: JsonObject = {
  name: 'x',
  input: {
    type: 'object',
    properties: { orders: { type: 'array', items: { properties: { id: { default: 'o-1' } } } } },
  },
  steps: {
    each: {
      type: 'forEach',
      items: '{% $input.orders[] %}',
      item: 'order',
      body: {
        steps: {
          inner: {
            type: 'scope',
            input: { id: '{% $order.id %}' },
            body: { steps: { leaf: { type: 'activity', activity: 'A' } } },
          },
          beside: { type: 'activity', activity: 'A' },
          broken: { type: 'forEach', items: '{% $order.id + 1 %}', body: { steps: { deep: { type: 'end' } } } },
        },
      },
    },
    after: { type: 'activity', activity: 'B' },
  },
}
const outputOf = (step: JsonObject) => (step.activity === 'A' ? { default: 'out' } : undefined)

test('inside of a forEach the sample is its first item, and $ is what the scope takes', () => {
  const order = { id: 'o-1' }
  expect(sampleInReach(definition, 'each/beside', outputOf)).toMatchObject({
    input: order,
    bindings: { order, index: 0, input: { orders: [order] } },
  })
  expect(sampleInReach(definition, 'each/inner/leaf', outputOf)).toMatchObject({
    input: { id: 'o-1' },
    bindings: { order, steps: { beside: { output: 'out' } } },
  })
  expect(sampleInReach(definition, 'each/broken/deep', outputOf).bindings.item).toBeNull()
  expect(sampleInReach(definition, undefined, outputOf).input).toEqual({ orders: [order] })
})

test('of what has neither schema nor mock it says so', () => {
  const { unknown } = sampleInReach(definition, 'each/beside', outputOf)
  expect(Object.keys(unknown)).toEqual(['$steps.each', '$steps.after', '$steps.inner', '$steps.broken'])
  expect(sampleInReach(definition, 'after', outputOf, { after: 1 }).bindings.result).toBe(1)
  expect(sampleInReach(definition, 'after', outputOf).unknown.$result).toMatch(/^no schema/)
})

test('names are those that can be seen from the step', () => {
  const texts = namesInReach(definition, 'each/beside', outputOf).map(({ text }) => text)
  expect(texts).toEqual(expect.arrayContaining(['$order', '$index', '$steps.inner.output', '$steps.after.output']))
  expect(texts).not.toContain('$steps.beside.output')
  expect(texts).not.toContain('$steps.leaf.output')
})
