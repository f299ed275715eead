// An instance that was begun under an older meaning of the language is decided again before it goes on under this one. Where
// the two differ nobody can say what it would have done: it is suspended, with the first event that differs as the reason, and
// an operator decides. Resumed, it goes on as this version means it, and is not stopped for the same difference again.
import type { HistoryEvent } from '@durable-canvas/schema'
import { isFinished, type Message, type Program, replayProgram, type State, semantics } from '../core/index.ts'
import type { WorkflowStore } from '../stores/store.ts'
import type { Definitions } from './definitions.ts'

const by = 'durable-canvas'
const page = 1_000

/** Null: it may go on. */
export async function stopForSemantics(
  store: WorkflowStore,
  definitions: Definitions,
  state: State,
): Promise<Message | null> {
  if (state.semantics === semantics || isFinished(state) || state.status === 'Suspended') return null
  const history = await historyOf(store, state)
  const { first, programOf } = await programsOf(definitions, history)
  const { deviation } = replayProgram(first, history, programOf)
  if (!deviation) return null
  const reason = `The language means something else since semantics ${state.semantics}: ${deviation.message}`
  const wasResumed = history.some((event) => event.type === 'ExecutionSuspended' && event.reason === reason)
  return wasResumed ? null : { type: 'suspend', reason, by }
}

async function historyOf(store: WorkflowStore, { instanceId, executionId }: State): Promise<HistoryEvent[]> {
  const history: HistoryEvent[] = []
  for (;;) {
    const turns = await store.readEvents(instanceId, executionId, { afterSeq: history.length, limit: page })
    for (const { eventsJson } of turns) history.push(...(JSON.parse(eventsJson) as HistoryEvent[]))
    if (turns.length < page) return history
  }
}

/** Of the version that the execution began with, and of those that it was migrated to. */
async function programsOf(definitions: Definitions, history: readonly HistoryEvent[]) {
  const [started] = history
  if (started?.type !== 'ExecutionStarted') throw new Error('the history does not begin with ExecutionStarted')
  const { program: first } = await definitions.get(started.definition, started.version)
  const later = new Map<number, Program>()
  for (const event of history)
    if (event.type === 'ExecutionMigrated')
      later.set(event.version, (await definitions.get(started.definition, event.version)).program)
  return { first, programOf: (version: number) => later.get(version) }
}
