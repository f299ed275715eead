// A run that was watched → the test that it passes: what was answered and raised, and what came of it.
import {
  completedSteps,
  type DefinitionTest,
  type Expectation,
  type Mock,
  type MockAnswer,
  type Mocks,
  usualDelayMs,
  usualStart,
} from '@durable-canvas/interpreter/core'
import { formatDuration, formatInstant } from '@durable-canvas/schema'
import { mockOfAnswers } from '../drawing/mocks.ts'
import type { AnsweredCall, TryRun } from './try-run.ts'

export function testOfRun(run: TryRun, name: string): DefinitionTest {
  const startAt = formatInstant(run.startAt)
  return {
    name,
    input: run.input,
    mocks: mocksOfCalls(run.answered),
    ...(run.raised.length > 0 ? { events: run.raised } : {}),
    ...(startAt === usualStart ? {} : { startAt }),
    expect: expectationOf(run),
  }
}

function expectationOf({ simulation, happened }: TryRun): Expectation {
  const { status, output, failure, customStatus } = simulation.state
  return {
    status,
    ...(status === 'Completed' ? { output } : {}),
    ...(failure === null
      ? {}
      : { failure: { type: failure.type, ...(failure.step === undefined ? {} : { step: failure.step }) } }),
    ...(customStatus === null ? {} : { customStatus }),
    steps: completedSteps(simulation.program, happened),
  }
}

function mocksOfCalls(answered: TryRun['answered']): Mocks {
  const mocks = new Map<string, Mock>()
  for (const [key, calls] of answered) {
    const answers = mockOfAnswers(calls.map(answerOf))
    if (!key.startsWith('undo ')) mocks.set(key, { ...answers, ...mocks.get(key) })
    else mocks.set(key.slice(5), { ...mocks.get(key.slice(5)), compensate: answers })
  }
  return Object.fromEntries(mocks)
}

function answerOf({ answer }: AnsweredCall): MockAnswer {
  if (answer === null) return { silent: true }
  const delay =
    answer.delay === undefined || answer.delay === usualDelayMs ? {} : { delay: formatDuration(answer.delay) }
  if ('result' in answer) return { result: answer.result, ...delay }
  const { type, message, details, nonRetryable } = answer.failure
  return {
    error: {
      type,
      message,
      ...(details === undefined ? {} : { details }),
      ...(nonRetryable === undefined ? {} : { nonRetryable }),
    },
    ...delay,
  }
}
