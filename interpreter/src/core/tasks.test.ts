import { describe, expect, it } from 'vitest'
import { at, body, completed, failed, given, started, suspended } from '../testing/scenario.ts'
import { openTasks, waitingFor } from './tasks.ts'

const scenario = () =>
  given(
    {
      all: {
        type: 'parallel',
        branches: {
          work: body({
            work: { type: 'activity', activity: 'Work', retry: { maxNumberOfAttempts: 2, firstRetryInterval: 'PT1S' } },
          }),
          nap: body({ nap: { type: 'timer', delay: 'PT5S' } }),
          wait: body({ wait: { type: 'waitForEvent', event: 'go', timeout: 'PT9S' } }),
          child: body({ child: { type: 'subOrchestration', definition: 'other', instanceId: 'c-1' } }),
          try: body({
            try: { type: 'scope', timeout: 'PT7S', body: body({ work: { type: 'activity', activity: 'More' } }) },
          }),
        },
      },
    },
    { timeout: 'PT1H' },
  ).when(started())

describe('what an instance waits for', () => {
  it('is told by step, kind, name and time; limits of scopes and of the instance are no waits', () => {
    expect(waitingFor(scenario().state)).toEqual([
      { kind: 'activity', step: 'all[work]/work', since: at('PT0S'), task: 8, name: 'Work', attempt: 1 },
      { kind: 'timer', step: 'all[nap]/nap', since: at('PT0S'), task: 9, dueAt: at('PT5S') },
      { kind: 'event', step: 'all[wait]/wait', since: at('PT0S'), task: 10, name: 'go', dueAt: at('PT9S') },
      { kind: 'subOrchestration', step: 'all[child]/child', since: at('PT0S'), task: 11, name: 'c-1' },
      { kind: 'activity', step: 'all[try]/try/work', since: at('PT0S'), task: 13, name: 'More', attempt: 1 },
    ])
  })

  it('is the pause before a retry, with the attempt that follows', () => {
    const { state } = scenario().when(failed('all[work]/work'))
    expect(waitingFor(state).find(({ step }) => step === 'all[work]/work')).toMatchObject({
      kind: 'timer',
      attempt: 2,
      dueAt: at('PT1S'),
    })
  })

  it('is cut to so many, the oldest first', () => {
    expect(waitingFor(scenario().state, 2).map(({ step }) => step)).toEqual(['all[work]/work', 'all[nap]/nap'])
  })

  it('is not what was answered while suspended', () => {
    const { state } = scenario().when(suspended(), completed('all[work]/work'))
    expect(openTasks(state).map(({ path }) => path)).not.toContain('all[work]/work')
    expect(openTasks(state).length).toBe(6)
  })
})
