// What an instance waits for, seen from outside.
import type { State, Task } from './state.ts'

/** Tasks whose answer is still to come: without those whose answer is kept until the instance is resumed. */
export function openTasks(state: State): readonly Task[] {
  if (state.deferred.length === 0) return [...state.tasks.values()]
  const answered = new Set(state.deferred.flatMap((message) => ('task' in message ? [message.task] : [])))
  return [...state.tasks.values()].filter((task) => !answered.has(task.id))
}

export interface Waiting {
  readonly kind: 'activity' | 'timer' | 'event' | 'subOrchestration'
  readonly step: string
  readonly since: string
  /** The seq of the event that began the wait. */
  readonly task: number
  /** The activity, the event, or the child's instance id. */
  readonly name?: string
  readonly dueAt?: string
  readonly attempt?: number
}

const shownAs: { readonly [Kind in Task['kind']]: Waiting['kind'] | null } = {
  start: 'timer',
  executionTimeout: null,
  activity: 'activity',
  timer: 'timer',
  retry: 'timer',
  event: 'event',
  subOrchestration: 'subOrchestration',
  scopeTimeout: null,
}

/** At most `most` of them, oldest first. */
export function waitingFor(state: State, most = 100): readonly Waiting[] {
  const shown: Waiting[] = []
  for (const task of openTasks(state)) {
    const kind = shownAs[task.kind]
    if (kind === null) continue
    if (shown.length === most) break
    shown.push({
      kind,
      step: task.path,
      since: task.since,
      task: task.id,
      ...(task.name === '' ? {} : { name: task.name }),
      ...(task.dueAt === null ? {} : { dueAt: task.dueAt }),
      ...(task.kind === 'activity' || task.kind === 'retry' ? { attempt: task.attempt } : {}),
    })
  }
  return shown
}
