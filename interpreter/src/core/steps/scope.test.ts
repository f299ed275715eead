import type { ScopeStep, Step } from '@durable-canvas/schema'
import { describe, it } from 'vitest'
import { at, body, completed, failed, given, passed, started } from '../../testing/scenario.ts'

const work: Step = { type: 'activity', activity: 'Work' }
const scope = (more: Partial<ScopeStep> = {}): ScopeStep => ({ type: 'scope', body: body({ work }), ...more })

describe('a scope', () => {
  it('gives what its body gives', () => {
    given({ try: scope({ output: { got: '{% $result %}' } }) })
      .when(started())
      .thenFollow('ExecutionStarted', 'ScopeEntered try', 'TaskScheduled try/work')
      .when(completed('try/work', 1))
      .thenFollow('TaskCompleted try/work', 'ScopeExited try', { output: { got: 1 } }, 'ExecutionCompleted')
      .completes({ got: 1 })
  })

  it('is left by an end inside of it, not the instance', () => {
    given({
      try: scope({ body: body({ out: { type: 'end', output: 'out' } }), next: 'after' }),
      after: { type: 'end', output: '{% $steps.try.output & " and after" %}' },
    })
      .when(started())
      .thenFollow(
        'ExecutionStarted',
        'ScopeEntered try',
        'ScopeExited try',
        { by: 'try/out' },
        'ExecutionCompleted after',
      )
      .completes('out and after')
  })

  it('has its own input, else that of the scope around it', () => {
    const inner = body({ done: { type: 'end', output: '{% $ %}' } as Step })
    given({ try: scope({ body: inner }) })
      .when(started(1))
      .completes(1)
    given({ try: scope({ body: inner, input: '{% $ + 1 %}' }) })
      .when(started(1))
      .completes(2)
    given({ try: scope({ body: inner, input: null }) })
      .when(started(1))
      .completes(null)
  })

  it('catches what fails inside, and $error is in reach of the handler and of scopes in it', () => {
    given({
      try: scope({ catch: [{ errors: ['Broken'], next: 'handler' }] }),
      handler: scope({ body: body({ done: { type: 'end', output: '{% $error.step & ": " & $error.type %}' } }) }),
    })
      .when(started(), failed('try/work', { type: 'Broken' }))
      .thenAmongOthers('TaskFailed try/work', 'ScopeFailed try', 'ErrorCaught try', 'ScopeEntered handler')
      .completes('try/work: Broken')
  })

  it('lets through what it does not name, to the scope around it', () => {
    given({
      outer: scope({
        body: body({ inner: scope({ catch: [{ errors: ['Other'], next: 'no' }], next: 'no' }), no: { type: 'end' } }),
        catch: [{ errors: ['*'], next: 'handler' }],
      }),
      handler: { type: 'end', output: '{% $error.type %}' },
    })
      .when(started(), failed('outer/inner/work', { type: 'Broken' }))
      .thenAmongOthers('ScopeFailed outer/inner', 'ScopeFailed outer', 'ErrorCaught outer')
      .completes('Broken')
  })

  it('fails on its input before it is entered', () => {
    given({ try: scope({ input: '{% 1 + "a" %}' }) })
      .when(started())
      .thenFollow('ExecutionStarted', 'StepFailed try', 'ExecutionFailed try')
  })
})

describe('the time limit of a scope', () => {
  it('gives up all that is open in it, with Timeout', () => {
    given({
      try: scope({
        timeout: 'PT10S',
        body: body({ nap: { type: 'timer', delay: 'PT1H' } }),
        catch: [{ errors: ['Timeout'], next: 'late' }],
      }),
      late: { type: 'end', output: '{% $error %}' },
    })
      .when(started())
      .thenFollow('ExecutionStarted', 'ScopeEntered try', { dueAt: at('PT10S') }, 'TimerCreated try/nap')
      .when(passed('PT10S'))
      .thenFollow(
        'TimerFired try',
        { timer: 2 },
        'TimerCancelled try/nap',
        'ScopeCancelled try',
        { reason: 'timeout' },
        'ErrorCaught try',
        'ExecutionCompleted late',
      )
      .completes({ type: 'Timeout', message: 'the scope timed out', details: null, step: 'try', attempt: 1 })
  })

  it('ends with the scope', () => {
    given({ try: scope({ timeout: 'PT10S', next: 'nap' }), nap: { type: 'timer', delay: 'PT1H' } })
      .when(started(), completed('try/work'), passed('PT1M'))
      .thenFollow(
        'ExecutionStarted',
        'ScopeEntered try',
        'TaskScheduled try/work',
        'TaskCompleted try/work',
        'ScopeExited try',
        'TimerCreated nap',
      )
  })

  it('covers a failure inside as well: no timeout follows it', () => {
    given({
      try: scope({ timeout: 'PT10S', catch: [{ errors: ['*'], next: 'nap' }], next: 'nap' }),
      nap: { type: 'timer', delay: 'PT1H' },
    })
      .when(started(), failed('try/work'))
      .when(passed('PT1M'))
      .thenNothing()
  })
})

describe('the retry of a scope', () => {
  it('runs the body anew, as a new visit with paths of its own', () => {
    given({ try: scope({ retry: { maxNumberOfAttempts: 2 }, timeout: 'PT10S' }) })
      .when(started(), passed('PT1S'), failed('try/work'))
      .thenFollow(
        'ExecutionStarted',
        'ScopeEntered try',
        'TaskScheduled try/work',
        'TaskFailed try/work',
        'ScopeFailed try',
        'ScopeEntered try#2',
        { attempt: 2, dueAt: at('PT11S') },
        'TaskScheduled try#2/work',
      )
      .when(completed('try#2/work', 'second'))
      .completes('second')
  })

  it('waits its interval, and counts its attempts and its retryTimeout from the first', () => {
    given({ try: scope({ retry: { maxNumberOfAttempts: 9, firstRetryInterval: 'PT4S', retryTimeout: 'PT10S' } }) })
      .when(started(), failed('try/work'))
      .thenAmongOthers('ScopeFailed try', 'TimerCreated try')
      .when(passed('PT4S'))
      .thenFollow('TimerFired try', 'ScopeEntered try#2', { attempt: 2 }, 'TaskScheduled try#2/work')
      .when(failed('try#2/work'), passed('PT4S'), failed('try#3/work', { type: 'Last' }))
      .fails({ type: 'Last', step: 'try#3/work' })
  })

  it('comes after its timeout, too', () => {
    given({ try: scope({ timeout: 'PT10S', retry: { maxNumberOfAttempts: 2, retryOn: ['Timeout'] } }) })
      .when(started(), passed('PT10S'))
      .thenAmongOthers('TimerFired try', 'ScopeCancelled try', 'ScopeEntered try#2')
      .when(passed('PT10S'))
      .fails({ type: 'Timeout', step: 'try#2' })
  })

  it('is caught when it is used up', () => {
    given({
      try: scope({
        retry: { maxNumberOfAttempts: 2, abortOn: ['Fatal'] },
        catch: [{ errors: ['Fatal'], next: 'handler' }],
      }),
      handler: { type: 'end', output: 'handled' },
    })
      .when(started(), failed('try/work'), failed('try#2/work', { type: 'Fatal' }))
      .thenAmongOthers('ScopeFailed try', 'ScopeEntered try#2', 'ScopeFailed try#2', 'ErrorCaught try#2')
      .completes('handled')
  })

  it('fails where its interval is no duration, or its input fails the second time', () => {
    given({ try: scope({ retry: { maxNumberOfAttempts: 2, firstRetryInterval: '{% $input %}' } }) })
      .when(started('soon'), failed('try/work'))
      .fails({ type: 'ExpressionError', step: 'try' })
    given(
      {
        try: scope({
          input: '{% 1 + $n %}',
          retry: { maxNumberOfAttempts: 3, firstRetryInterval: 'PT1S' },
          body: body({ set: { type: 'assign', variables: { n: 'text' }, next: 'work' }, work }),
        }),
      },
      { variables: { n: 1 } },
    )
      .when(started(), failed('try/work'), passed('PT1S'))
      .thenAmongOthers('TimerFired try', 'StepFailed try', 'ExecutionFailed try')
  })
})
