import { formatInstant, type RaisedEvent } from '@durable-canvas/schema'
import { failure, StepFailure } from '../failure.ts'
import { completeWith, failStep, goOn, placeAt } from '../flow.ts'
import { evaluate, evaluateTime, type Place } from '../place.ts'
import type { State, Task } from '../state.ts'
import type { Turn } from '../turn.ts'
import type { StepKind } from './step-kind.ts'
import { typed } from './typed.ts'

export const waitForEvent: StepKind = {
  enter(place) {
    const { turn, path } = place
    const { definition, times, values } = typed(place, 'waitForEvent')
    const timeout = times.timeout ? evaluateTime(place, times.timeout) : null
    const key = values.correlationKey ? evaluate(place, values.correlationKey) : null
    turn.emit({
      type: 'EventAwaited',
      step: path,
      name: definition.event,
      ...(timeout === null ? {} : { dueAt: formatInstant(turn.atMs + timeout) }),
      ...(key === null ? {} : { correlationKey: typeof key === 'string' ? key : JSON.stringify(key) }),
    })
    deliver(turn, definition.event)
  },
  due(place, task) {
    const { turn, frame, path } = place
    turn.emit({ type: 'TimerFired', step: path, timer: task.id })
    const { onTimeout } = typed(place, 'waitForEvent').definition
    if (onTimeout !== undefined) return goOn(turn, frame, onTimeout, null)
    failStep(place, failure('Timeout', `no event "${task.name}" came in time`, path))
  },
}

/** Gives the oldest unconsumed event of the name to the oldest wait for it. */
export function deliver(turn: Turn, name: string): void {
  const raised = turn.state.raised.find((event) => event.name === name)
  const task = raised && oldestWait(turn.state, name)
  if (raised && task) consume(placeAt(turn, task.path), task, raised)
}

function oldestWait(state: State, name: string): Task | undefined {
  let oldest: Task | undefined
  for (const task of state.tasks.values())
    if (task.kind === 'event' && task.name === name && (!oldest || task.id < oldest.id)) oldest = task
  return oldest
}

function consume(place: Place, task: Task, raised: RaisedEvent): void {
  const event = { type: 'EventConsumed', step: place.path, awaited: task.id, raised: raised.seq } as const
  completeWith(place, event, raised.data, () => {
    const wrong = place.step.validate?.(raised.data) ?? null
    if (wrong !== null) throw new StepFailure('InvalidInput', `event "${raised.name}": ${wrong}`)
    return {}
  })
}
