// Small activities to draw with: they echo, add, wait and fail as they are told.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Activity, defineActivity } from '@durable-canvas/interpreter'
import { SampleError } from './sample-error.ts'
import type { SampleFile } from './sample-file.ts'
import { stableId } from './stable-id.ts'

export function tryOutActivities(file: SampleFile): readonly Activity[] {
  const echo = defineActivity(
    { name: 'Echo', title: 'Echo', description: 'Gives back what it gets.', icon: 'repeat' },
    ({ input }) => input,
  )

  const add = defineActivity(
    {
      name: 'Add',
      title: 'Add',
      description: 'The sum of two numbers.',
      icon: 'plus',
      input: {
        type: 'object',
        properties: { a: { type: 'number' }, b: { type: 'number' } },
        required: ['a', 'b'],
      },
      output: { type: 'number' },
    },
    ({ input }) => input.a + input.b,
  )

  const delay = defineActivity(
    {
      name: 'Delay',
      title: 'Delay',
      description: 'Works for a while. A timer step is what waits durably; this one begins anew after a restart.',
      icon: 'hourglass',
      input: {
        type: 'object',
        properties: { ms: { type: 'number', title: 'Milliseconds', minimum: 0, maximum: 3_600_000 } },
        required: ['ms'],
      },
      output: { type: 'object', properties: { waited: { type: 'number' } }, required: ['waited'] },
    },
    async ({ input, signal }) => {
      await sleep(input.ms, undefined, { signal })
      return { waited: input.ms }
    },
  )

  const flakyCall = defineActivity(
    {
      name: 'FlakyCall',
      title: 'Flaky call',
      description: 'Fails the first times that it is called with a key, then succeeds.',
      icon: 'plug-connected-x',
      input: {
        type: 'object',
        properties: {
          failTimes: { type: 'integer', title: 'Fails so many times', minimum: 0 },
          key: { type: 'string', title: 'Key', description: 'What the calls are counted by.' },
        },
        required: ['failTimes', 'key'],
      },
      output: { type: 'object', properties: { calls: { type: 'integer' } }, required: ['calls'] },
    },
    async ({ input }) => {
      const name = `flaky ${input.key}`
      const calls = await file.change((data) => {
        const count = (data.calls[name] ?? 0) + 1
        data.calls[name] = count
        return count
      })
      if (calls <= input.failTimes)
        throw new SampleError('TemporarilyUnavailable', `Call ${calls} of ${input.failTimes} that fail.`)
      return { calls }
    },
  )

  const failWith = defineActivity(
    {
      name: 'FailWith',
      title: 'Fail with',
      description: 'Fails with an error of your choice.',
      icon: 'alert-triangle',
      input: {
        type: 'object',
        properties: {
          type: { type: 'string', title: 'Error type', minLength: 1 },
          message: { type: 'string', title: 'Message' },
          nonRetryable: { type: 'boolean', title: 'Not worth retrying' },
        },
        required: ['type', 'message'],
      },
    },
    ({ input }) => {
      throw new SampleError(input.type, input.message, input.nonRetryable === true)
    },
  )

  const getTemperature = defineActivity(
    {
      name: 'GetTemperature',
      title: 'Get temperature',
      description: 'An invented temperature, always the same for a city.',
      icon: 'temperature',
      input: {
        type: 'object',
        properties: { city: { type: 'string', title: 'City', minLength: 1 } },
        required: ['city'],
      },
      output: {
        type: 'object',
        properties: { city: { type: 'string' }, celsius: { type: 'number' } },
        required: ['city', 'celsius'],
      },
    },
    ({ input }) => ({
      city: input.city,
      celsius: (Number.parseInt(stableId('t', input.city).slice(2, 8), 16) % 400) / 10 - 5,
    }),
  )

  const greet = defineActivity(
    {
      name: 'Greet',
      title: 'Greet',
      description: 'Says hello.',
      icon: 'hand-stop',
      input: { type: 'object', properties: { name: { type: 'string', title: 'Name' } }, required: ['name'] },
      output: { type: 'string' },
    },
    ({ input }) => `Hello, ${input.name}!`,
  )

  const randomQuote = defineActivity(
    {
      name: 'RandomQuote',
      title: 'Random quote',
      description: 'A price that is another one each time.',
      icon: 'tag',
      input: { type: 'object', properties: { sku: { type: 'string', title: 'Article' } }, required: ['sku'] },
      output: {
        type: 'object',
        properties: { sku: { type: 'string' }, price: { type: 'number' } },
        required: ['sku', 'price'],
      },
    },
    ({ input }) => ({ sku: input.sku, price: Math.round(500 + Math.random() * 9_500) / 100 }),
  )

  return [echo, add, delay, flakyCall, failWith, getTemperature, greet, randomQuote]
}
