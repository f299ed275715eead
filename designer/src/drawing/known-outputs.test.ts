import type { Json } from '@durable-canvas/schema'
import { expect, test } from 'vitest'
import { getAt, type JsonObject } from './json.ts'
import { callKey, callsIn, knownOutputs } from './known-outputs.ts'
import { namesInReach } from './names-in-reach.ts'

const receipt: Json = { type: 'object', properties: { id: { type: 'string' }, paid: { type: 'number' } } }
const call = (definition: string, more: JsonObject = {}): JsonObject => ({
  type: 'subOrchestration',
  definition,
  ...more,
})

/** With one document that may be called, by the name `child`, in any version. */
function outputsWith(child: JsonObject) {
  return knownOutputs({
    activities: [{ name: 'Charge', output: receipt }, { name: 'Mail' }, { name: 'Old', output: null }],
    called: ({ name }) => (name === 'child' ? child : undefined),
  })
}

const offered = (child: JsonObject, step: JsonObject) =>
  namesInReach({ steps: { own: step } }, 'own', outputsWith(child).expected)
    .map(({ text }) => text)
    .filter((text) => text.startsWith('$result.'))

test('an activity and an awaited event give what their own schemas say', () => {
  const { declared, expected } = outputsWith({})
  for (const outputOf of [declared, expected]) {
    expect(outputOf({ type: 'activity', activity: 'Charge' })).toBe(receipt)
    expect(outputOf({ type: 'activity', activity: 'Old' })).toBeUndefined()
    expect(outputOf({ type: 'waitForEvent', schema: receipt })).toBe(receipt)
    expect(outputOf({ type: 'timer' })).toBeUndefined()
  }
})

test('a sub-orchestration gives what the definition declares', () => {
  const child = { output: receipt, steps: { end: { type: 'end', output: { other: 1 } } } }
  expect(outputsWith(child).declared(call('child'))).toBe(receipt)
  expect(offered(child, call('child', { version: 2 }))).toEqual(['$result.id', '$result.paid'])
})

test('without a declaration its ends say which fields are to be expected', () => {
  const child: JsonObject = {
    steps: {
      pay: { type: 'activity', activity: 'Charge', next: 'end' },
      end: { type: 'end', output: { receipt: '{% $steps.pay.output %}', note: '{% $uppercase(1) %}', at: 1 } },
      early: { type: 'end', output: '{% {"refused": true} %}' },
      bare: { type: 'end' },
    },
  }
  expect(outputsWith(child).declared(call('child'))).toBeUndefined()
  expect(offered(child, call('child'))).toEqual([
    '$result.receipt',
    '$result.receipt.id',
    '$result.receipt.paid',
    '$result.note',
    '$result.at',
    '$result.refused',
  ])
})

test('a last step that is no end gives its own output', () => {
  expect(offered({ steps: { pay: { type: 'activity', activity: 'Charge' } } }, call('child'))).toEqual([
    '$result.id',
    '$result.paid',
  ])
  const shaped = { steps: { pay: { type: 'activity', activity: 'Charge', output: { id: '{% $result.id %}' } } } }
  expect(offered(shaped, call('child'))).toEqual(['$result.id'])
})

test('of what nothing is known nothing is made up', () => {
  expect(outputsWith({ steps: { end: { type: 'end' } } }).expected(call('child'))).toBeUndefined()
  expect(outputsWith({}).expected(call('stranger'))).toBeUndefined()
  expect(outputsWith({}).expected(call(''))).toBeUndefined()
})

test('a child that is not waited for gives its id', () => {
  expect(offered({ output: receipt }, call('child', { mode: 'detach' }))).toEqual(['$result.instanceId'])
})

test('what is read off the ends is read once', () => {
  const outputs = outputsWith({ steps: { end: { type: 'end', output: { a: 1 } } } })
  const first = outputs.expected(call('child'))
  expect(getAt(first, ['properties', 'a'])).toEqual({ type: 'integer' })
  expect(outputs.expected(call('child'))).toBe(first)
})

test('each definition that is called is named once for each version', () => {
  const definition: JsonObject = {
    steps: {
      a: call('one'),
      b: call('one'),
      c: call('one', { version: 2 }),
      d: { type: 'scope', body: { steps: { e: call('two') } } },
      f: call(''),
    },
  }
  expect(callsIn(definition).map(callKey)).toEqual(['one@latest', 'one@2', 'two@latest'])
  expect(callsIn(definition)).toBe(callsIn(definition))
})
