import { describe, it } from 'vitest'
import { at, given, passed, started } from '../../testing/scenario.ts'

describe('a timer', () => {
  it('fires after its delay, not before, and gives null', () => {
    given({ nap: { type: 'timer', delay: 'PT5S' } })
      .when(started())
      .thenFollow('ExecutionStarted', 'TimerCreated nap', { dueAt: at('PT5S') })
      .when(passed('PT4.999S'))
      .thenNothing()
      .when(passed('PT0.001S'))
      .thenFollow('TimerFired nap', { at: at('PT5S'), timer: 2 }, 'ExecutionCompleted')
      .completes(null)
  })

  it('fires at an instant, of an expression or of the document', () => {
    given({ nap: { type: 'timer', until: '{% $input.at %}' } })
      .when(started({ at: '2024-01-01T13:00:00+01:00' }))
      .thenFollow('ExecutionStarted', 'TimerCreated nap', { dueAt: at('PT0S') })
    given({ nap: { type: 'timer', until: '2024-01-02T12:00:00Z' } })
      .when(started())
      .thenFollow('ExecutionStarted', 'TimerCreated nap', { dueAt: at('P1D') })
  })

  it('fires at once for an instant that has passed, and for no delay', () => {
    given({ nap: { type: 'timer', until: '2020-01-01T00:00:00Z' } })
      .when(started(), passed('PT0S'))
      .thenFollow('ExecutionStarted', 'TimerCreated nap', 'TimerFired nap', { at: at('PT0S') }, 'ExecutionCompleted')
    given({ nap: { type: 'timer', delay: 'PT0S' } })
      .when(started(), passed('PT0S'))
      .completes(null)
  })

  it('gives its output and assigns when it fires', () => {
    given(
      {
        nap: { type: 'timer', delay: 'PT1S', output: '{% $now() %}', assign: { woken: true }, next: 'done' },
        done: { type: 'end', output: ['{% $steps.nap.output %}', '{% $woken %}'] },
      },
      { variables: { woken: false } },
    )
      .when(started(), passed('PT1S'))
      .thenAmongOthers('TimerFired nap', 'VariablesAssigned nap')
      .completes([at('PT1S'), true])
  })

  it.each([
    ['delay', { delay: '{% $input %}' }, 5, '5 is no ISO 8601 duration'],
    ['delay', { delay: '{% $input %}' }, 'soon', '"soon" is no ISO 8601 duration'],
    ['until', { until: '{% $input %}' }, 5, '5 is no ISO 8601 instant'],
    [
      'until',
      { until: '{% $input %}' },
      '9999-12-31T23:59:59-12:00',
      '"9999-12-31T23:59:59-12:00" lies outside of the years 0000 to 9999',
    ],
    ['until', { until: '{% $input %}' }, '2024-02-30', '"2024-02-30" is no ISO 8601 instant'],
  ])('fails on a %s that is none', (_field, fields, input, message) => {
    given({ nap: { type: 'timer', ...fields } })
      .when(started(input))
      .thenFollow('ExecutionStarted', 'StepFailed nap', 'ExecutionFailed nap')
      .fails({ type: 'ExpressionError', message })
  })

  it('fails on a literal that the checker would have refused, and without delay and instant', () => {
    given({ nap: { type: 'timer', delay: 'soon' } }, { unchecked: true })
      .when(started())
      .fails({ type: 'ExpressionError' })
    given({ nap: { type: 'timer' } }, { unchecked: true })
      .when(started())
      .fails({ type: 'ExpressionError', message: 'a timer needs a delay or an instant' })
  })

  it('is caught like any other step', () => {
    given({
      nap: { type: 'timer', delay: '{% $input %}', catch: [{ errors: ['ExpressionError'], next: 'done' }] },
      done: { type: 'end', output: 'no nap' },
    })
      .when(started(1))
      .completes('no nap')
  })
})
