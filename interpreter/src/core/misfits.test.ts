import type { Step } from '@durable-canvas/schema'
import { describe, expect, it } from 'vitest'
import { body, completed, failed, given, type Happening, started } from '../testing/scenario.ts'
import { misfits } from './misfits.ts'

const work: Step = { type: 'activity', activity: 'Work' }
const wait: Step = { type: 'waitForEvent', event: 'go' }
const booked: Step = { ...work, compensate: { activity: 'Undo' }, next: 'wait' } as Step

type Steps = Readonly<Record<string, Step>>

function between(before: Steps, after: Steps, ...happenings: readonly Happening[]) {
  const { program, state } = given(before).when(...happenings)
  return misfits(program, given(after).program, state)
}

describe('another version', () => {
  it('fits what waits at a step that it has, whatever else has changed', () => {
    expect(between({ wait, old: work }, { wait: { ...wait, event: 'come' } as Step, more: work }, started())).toEqual(
      [],
    )
  })

  it('fits an instance that has not begun', () => {
    expect(between({ wait }, { work }, started(null, { startAt: Date.parse('2030-02-01T00:00:00Z') }))).toEqual([])
  })

  it('does not fit where an open step is gone, or has become another', () => {
    expect(between({ wait }, { work }, started())).toEqual(['wait is open, and no step of that name is there'])
    expect(between({ wait }, { wait: work }, started())).toEqual(['wait is open, and it is of type activity there'])
  })

  it('does not fit where what is open lies in a scope that is gone', () => {
    const inside = { try: { type: 'scope', body: body({ wait }) } } as Steps
    expect(between(inside, { try: work }, started())).toEqual([
      'try is open, and it is of type activity there',
      'try/wait is open, and no step of that name is there',
    ])
  })

  it('does not fit where an open parallel has other branches', () => {
    const fork = (...names: string[]) =>
      ({
        fork: { type: 'parallel', branches: Object.fromEntries(names.map((name) => [name, body({ wait })])) },
      }) as Steps
    expect(between(fork('a', 'b'), fork('b', 'a'), started())).toEqual([])
    expect(between(fork('a', 'b'), fork('a', 'b', 'c'), started())).toEqual([
      'fork is open, and it has the branches a, b, c there',
    ])
  })

  it('does not fit where what is done could not be undone any more', () => {
    const gone = ['booked is done, but cannot be undone there']
    expect(between({ booked, wait }, { booked, wait }, started(), completed('booked'))).toEqual([])
    expect(between({ booked, wait }, { wait }, started(), completed('booked'))).toEqual(gone)
    expect(between({ booked, wait }, { booked: work, wait }, started(), completed('booked'))).toEqual(gone)
    const undoing = { booked: { ...booked, next: 'undo' } as Step, undo: { type: 'compensate' } as Step }
    expect(between(undoing, { undo: undoing.undo }, started(), completed('booked'))).toEqual(gone)
  })

  it('counts the failed step of an instance that has failed: a rewind begins there', () => {
    expect(between({ work }, { work }, started(), failed('work'))).toEqual([])
    expect(between({ work }, { wait }, started(), failed('work'))).toEqual([
      'work is open, and no step of that name is there',
    ])
  })
})
