import { describe, expect, it } from 'vitest'
import { problemsIn } from './problems-in.ts'

const toA = { type: 'assign', variables: {}, next: 'a' }
const which = (next: string) => ({ type: 'choice', choices: [{ when: '{% $input.x %}', next }], otherwise: 'done' })
const done = { type: 'end' }
const work = { type: 'activity', activity: 'Work' }
const wait = { start: 'work', steps: { work } }
const idle = { start: 'set', steps: { set: { type: 'assign', variables: {} } } }

const spinning = (steps: object) => problemsIn('SpinningLoop', steps)

describe('spinningLoop', () => {
  it('names the way of a loop that never waits', () => {
    expect(spinning({ a: { ...toA, next: 'b' }, b: which('a'), done })).toEqual([
      '/steps/a: a → b → a turns without a wait or an activity',
    ])
    expect(spinning({ a: toA })).toHaveLength(1)
  })

  it.each([
    ['an activity', work],
    ['a timer', { type: 'timer', delay: 'PT1S' }],
    ['an event', { type: 'waitForEvent', event: 'e' }],
    ['a sub-orchestration', { type: 'subOrchestration', definition: 'child' }],
    ['a scope that waits', { type: 'scope', body: wait }],
    ['a forEach that waits', { type: 'forEach', items: [], body: wait }],
    ['a parallel of which a branch waits', { type: 'parallel', branches: { left: idle, right: wait } }],
  ])('is content with %s in the loop', (_name, step) => {
    expect(spinning({ a: { ...step, next: 'b' }, b: which('a'), done })).toEqual([])
  })

  it.each([
    ['a scope that does not wait', { type: 'scope', body: idle }],
    ['a sub-orchestration that nobody waits for', { type: 'subOrchestration', definition: 'child', mode: 'detach' }],
    ['a status', { type: 'setCustomStatus', status: 1 }],
  ])('is not content with %s', (_name, step) => {
    expect(spinning({ a: { ...step, next: 'b' }, b: which('a'), done })).toHaveLength(1)
  })

  it('needs a wait on every way round', () => {
    expect(
      spinning({ a: { ...toA, next: 'b' }, b: { ...which('c'), otherwise: 'a' }, c: { ...work, next: 'a' } }),
    ).toHaveLength(1)
  })

  it('looks into inner scopes', () => {
    const body = { start: 'a', steps: { a: { ...toA, next: 'b' }, b: which('a'), done } }
    expect(spinning({ each: { type: 'forEach', items: [], body } })).toEqual([
      '/steps/each/body/steps/a: a → b → a turns without a wait or an activity',
    ])
  })

  it('counts continueAsNew as a way back to the start', () => {
    expect(spinning({ a: { ...toA, next: 'again' }, again: { type: 'continueAsNew' } })).toHaveLength(1)
    expect(spinning({ a: { ...work, next: 'again' }, again: { type: 'continueAsNew' } })).toEqual([])
    const body = { start: 'again', steps: { again: { type: 'continueAsNew' } } }
    expect(spinning({ a: { ...toA, next: 'try' }, try: { type: 'scope', body } })).toHaveLength(1)
  })

  it('finds its way through a chain as long as a definition may be', () => {
    const ids = Array.from({ length: 1_998 }, (_, index) => `s${index}`)
    const chain = Object.fromEntries(ids.map((id, index) => [id, { ...toA, next: ids[index + 1] ?? 'which' }]))
    expect(spinning({ ...chain, which: which('s0'), done })).toHaveLength(1)
    expect(spinning({ ...chain, which: done })).toEqual([])
  })
})
