import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, type MockInstance, test, vi } from 'vitest'
import { cli } from './main.ts'

let directory: string
let out: MockInstance<typeof console.log>
let err: MockInstance<typeof console.error>
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'durable-canvas-tests-'))
})
afterAll(() => rm(directory, { recursive: true }))
beforeEach(() => {
  out = vi.spyOn(console, 'log').mockImplementation(() => {})
  err = vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** No server answers there: these tests need none. */
async function run(...args: readonly string[]) {
  out.mockClear()
  err.mockClear()
  const code = await cli(['test', ...args, '--url', 'http://127.0.0.1:9'])
  const textOf = (spy: { mock: { calls: unknown[][] } }) => spy.mock.calls.map((call) => call.join(' ')).join('\n')
  return { code, out: textOf(out), err: textOf(err) }
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(directory, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  return path
}

const definition = {
  dsl: '1',
  name: 'approve',
  input: { type: 'object', required: ['amount'], properties: { amount: { type: 'number' } } },
  start: 'charge',
  steps: {
    charge: { type: 'activity', activity: 'Charge', input: '{% $input.amount %}', next: 'wait' },
    wait: { type: 'waitForEvent', event: 'approved', timeout: 'P1D', onTimeout: 'late', next: 'done' },
    late: { type: 'fail', error: { type: 'TooLate', message: 'nobody approved' } },
    done: { type: 'end', output: { charged: '{% $steps.charge.output %}', by: '{% $steps.wait.output.by %}' } },
  },
}

const tests = [
  {
    name: 'approved in time',
    input: { amount: 5 },
    mocks: { charge: { result: 'tx-1' } },
    events: [{ name: 'approved', at: 'PT2H', data: { by: 'ada' } }],
    expect: { status: 'Completed', output: { charged: 'tx-1', by: 'ada' }, steps: ['charge', 'wait', 'done'] },
  },
  {
    name: 'nobody comes',
    input: { amount: 5 },
    expect: { status: 'Failed', failure: { type: 'TooLate', step: 'late' } },
  },
]

test('tests that come out as expected exit with 0, a virtual day takes no time', async () => {
  const answer = await run(await file('good.json', { definition, tests }))
  expect(answer).toMatchObject({ code: 0, err: '' })
  expect(answer.out).toContain('✓ approved in time (PT2H virtual)')
  expect(answer.out).toContain('✓ nobody comes (P1DT1S virtual)')
  expect(answer.out).toContain('2 passed, 0 failed')
})

test('a test that comes out otherwise says where, and exits with 1', async () => {
  const wrong = [
    { ...tests[0], expect: { output: { charged: 'tx-2', by: 'ada' }, steps: ['charge', 'late'] } },
    { ...tests[1], expect: { status: 'Completed' } },
  ]
  const path = await file('bad.json', { definition, tests: wrong })
  const answer = await run(path)
  expect(answer.code).toBe(1)
  expect(answer.out).toContain('✗ approved in time')
  expect(answer.out).toContain('output/charged: expected "tx-2", got "tx-1"')
  expect(answer.out).toContain('steps: late did not complete')
  expect(answer.out).toContain('steps: wait completed, unexpectedly')
  expect(answer.out).toContain('status: expected "Completed", got "Failed"')
  expect(answer.out).toContain('(without a mock, answered null: charge)')
  const json = JSON.parse((await run(path, '--json')).out)
  expect(json[0].tests[0]).toMatchObject({ name: 'approved in time', passed: false })
})

test('an exported drawing with mocks and tests in its layout is a test file, too', async () => {
  const [first] = tests
  const layout = { positions: {}, mocks: first?.mocks, tests: [{ ...first, mocks: undefined }] }
  expect(await run(await file('drawing.json', { definition, layout }))).toMatchObject({ code: 0 })
})

test('the definition may stand in a file of its own, as a document or a drawing', async () => {
  await file('definition.json', definition)
  await file('other-drawing.json', { definition, layout: {} })
  expect((await run(await file('a.json', { definition: './definition.json', tests }))).code).toBe(0)
  expect((await run(await file('b.json', { definition: 'other-drawing.json', tests }))).code).toBe(0)
  const missing = await run(await file('c.json', { definition: 'nowhere.json', tests }))
  expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('nowhere.json cannot be read')])
})

test('an input that the definition refuses fails its test in words', async () => {
  const answer = await run(await file('input.json', { definition, tests: [{ ...tests[1], input: {} }] }))
  expect(answer.code).toBe(1)
  expect(answer.out).toContain("input refused: the value must have required property 'amount'")
})

test('what would run for ever fails', async () => {
  const steps = { rest: { type: 'timer', delay: 'PT1H', next: 'rest' } }
  const loop = { dsl: '1', name: 'loop', start: 'rest', steps }
  const answer = await run(
    await file('loop.json', { definition: loop, tests: [{ name: 'ends', expect: { status: 'Completed' } }] }),
  )
  expect([answer.code, answer.out]).toEqual([
    1,
    expect.stringContaining('expected "Completed", got "still at work after 5000 happenings"'),
  ])
})

test.each([
  ['{', /It is not JSON/],
  [{ name: 'x' }, /holds no tests: there is no "definition"/],
  [{ definition, tests: [] }, /It holds no tests/],
  [{ definition: { ...definition, start: 'nowhere' }, tests }, /definition\/start: /],
  [
    { definition, tests: [{ name: 'x', expect: { stauts: 'Completed' } }] },
    /tests\/0\/expect\/stauts: "stauts" is not known/,
  ],
  [
    { definition, layout: { mocks: { charge: { delay: 'soon' } } }, tests },
    /mocks\/charge\/delay: must be an ISO 8601/,
  ],
])('a file that cannot be run says why (%#)', async (content, message) => {
  const answer = await run(await file('odd.json', content))
  expect(answer.code).toBe(1)
  expect(answer.err).toMatch(message)
  expect(answer.out).toContain('1 file could not be run')
})
