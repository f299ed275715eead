// Whatever is wrong with what comes in, the answer names the place, and nothing else is lost: the server goes on and the
// next order is processed.
import { expect, test } from '../fixtures/house.ts'
import { orderInput } from './order.ts'

interface ProblemJson {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly problems?: readonly { code: string; path: string; step?: string; message: string; position?: number }[]
}

const definition = (steps: unknown, more: object = {}) => ({ dsl: '1', name: 'bad', start: 'a', steps, ...more })

const documents: readonly { says: string; body: unknown; code: string; path: string }[] = [
  {
    says: 'an unknown step type',
    body: definition({ a: { type: 'teleport' } }),
    code: 'UnknownStepType',
    path: '/steps/a/type',
  },
  {
    says: 'a missing target',
    body: definition({ a: { type: 'activity', activity: 'Echo', next: 'nowhere' } }),
    code: 'UnknownTarget',
    path: '/steps/a/next',
  },
  {
    says: 'a wrong type',
    body: definition({ a: { type: 'activity', activity: 7 } }),
    code: 'WrongType',
    path: '/steps/a/activity',
  },
  {
    says: 'an expression that does not parse',
    body: definition({ a: { type: 'end', output: { total: '{% 1 + %}' } } }),
    code: 'ExpressionSyntax',
    path: '/steps/a/output/total',
  },
]

test('a definition that is wrong is refused with the place of what is wrong', async ({ api }) => {
  for (const { says, body, code, path } of documents) {
    const answer = await api.call<ProblemJson>('POST', '/api/definitions', body)
    expect.soft(answer.status, says).toBe(400)
    expect.soft(answer.body.problems, says).toContainEqual(expect.objectContaining({ code, path }))
  }
  expect((await api.call('GET', '/api/definitions/bad')).status).toBe(404)
})

test('broken requests get a 4xx that says what is wrong, and nothing else is lost', async ({ api }) => {
  const ask = (method: string, path: string, body?: unknown) => api.call<ProblemJson>(method, path, body)

  const json = await ask('POST', '/api/instances', '{"definition": "process-order",')
  expect([json.status, json.body.code]).toEqual([400, 'InvalidJson'])

  const input = await ask('POST', '/api/instances', { definition: 'process-order', input: { id: 7 } })
  expect([input.status, input.body.code]).toEqual([400, 'InvalidInput'])
  expect(input.body.problems?.map(({ path }) => path)).toContain('/id')

  const definitionName = await ask('POST', '/api/instances', { definition: 'no-such' })
  expect([definitionName.status, definitionName.body.code]).toEqual([404, 'UnknownDefinition'])

  const instance = await ask('GET', '/api/instances/no-such')
  expect([instance.status, instance.body.code]).toEqual([404, 'UnknownInstance'])
  expect((await ask('POST', '/api/instances/no-such/events/approved', {})).status).toBe(404)

  const large = await ask('POST', '/api/instances', { definition: 'process-order', input: 'x'.repeat(2_000_000) })
  expect([large.status, large.body.code]).toEqual([413, 'PayloadTooLarge'])

  await api.start('process-order', orderInput('after'), 'after')
  expect((await api.finished('after')).output).toMatchObject({ success: true, orderId: 'after' })
})

test.describe('activities of the user that misbehave', () => {
  test.use({
    activityFiles: {
      'trouble.ts': `
        import { defineActivity } from '@durable-canvas/interpreter'

        export const throws = defineActivity({ name: 'Throws' }, () => {
          throw new RangeError('out of the question')
        })
        export const circles = defineActivity({ name: 'Circles' }, () => {
          const ring: Record<string, unknown> = {}
          ring.self = ring
          return ring as never
        })
        export const floods = defineActivity({ name: 'Floods' }, () => 'x'.repeat(10_000_000))
        export const hangs = defineActivity({ name: 'Hangs' }, () => new Promise<never>(() => undefined))
      `,
    },
  })

  test('end in a failure that names the step, and nothing else is lost', async ({ api }) => {
    const calling = (activity: string, more: object = {}) => ({
      dsl: '1',
      name: `calls-${activity.toLowerCase()}`,
      start: 'call',
      steps: { call: { type: 'activity', activity, ...more } },
    })
    const run = async (activity: string, more: object = {}) => {
      const { name } = await api.deploy(calling(activity, more))
      const { instanceId } = await api.start(name, null, activity)
      return api.finished(instanceId)
    }

    const thrown = await run('Throws')
    expect(thrown.status).toBe('Failed')
    expect(thrown.failure).toMatchObject({ type: 'RangeError', message: 'out of the question', step: 'call' })

    const circle = await run('Circles')
    expect(circle.failure).toMatchObject({ step: 'call' })
    expect(circle.failure?.message).toMatch(/circular|cycle|itself|JSON/i)

    const flood = await run('Floods')
    expect(flood.failure).toMatchObject({ step: 'call' })
    expect(flood.failure?.message).toMatch(/262,?144|256 KB|too (large|big|long)|limit|bytes/i)

    const hanging = await run('Hangs', { timeout: 'PT0.5S' })
    expect(hanging.failure).toMatchObject({ type: 'Timeout', step: 'call' })

    const unknown = await run('NoSuchActivity')
    expect(unknown.failure).toMatchObject({ type: 'ActivityNotFound', step: 'call' })
    expect(unknown.failure?.message).toContain('NoSuchActivity')

    await api.start('process-order', orderInput('after'), 'after')
    expect((await api.finished('after')).status).toBe('Completed')
  })
})
