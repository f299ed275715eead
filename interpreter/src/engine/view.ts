// An instance as others see it: from its state while it is in memory, from its row otherwise.
import { type Failure, formatInstant, type Json, parseInstant } from '@durable-canvas/schema'
import { isFinished, openTasks, type State, waitingFor } from '../core/index.ts'
import type { InstanceRow } from '../stores/store.ts'
import type { InstanceSummary, InstanceView, WaitingFor } from './engine-types.ts'

export function summaryOfState(state: State, waiting: readonly WaitingFor[] = waitingFor(state)): InstanceSummary {
  return {
    instanceId: state.instanceId,
    executionId: state.executionId,
    definition: state.definition,
    version: state.version,
    status: state.status,
    createdAt: state.createdAt,
    lastUpdatedAt: state.updatedAt,
    completedAt: state.completedAt,
    customStatus: state.customStatus,
    failure: state.failure,
    parent: state.parent?.instanceId ?? null,
    waitingFor: waiting,
    seq: state.seq,
  }
}

export const viewOfState = (state: State, waiting?: readonly WaitingFor[]): InstanceView => ({
  ...summaryOfState(state, waiting),
  input: state.input,
  output: state.output,
})

export function summaryOfRow(row: InstanceRow): InstanceSummary {
  return {
    instanceId: row.instanceId,
    executionId: row.executionId,
    definition: row.definition,
    version: row.version,
    status: row.status,
    createdAt: formatInstant(row.createdAt),
    lastUpdatedAt: formatInstant(row.updatedAt),
    completedAt: row.completedAt === null ? null : formatInstant(row.completedAt),
    customStatus: parsed<Json>(row.customStatusJson),
    failure: parsed<Failure>(row.failureJson),
    parent: row.parentId,
    waitingFor: parsed<readonly WaitingFor[]>(row.waitingForJson) ?? [],
    seq: row.seq,
  }
}

export const viewOfRow = (row: InstanceRow): InstanceView => ({
  ...summaryOfRow(row),
  input: parsed<Json>(row.inputJson),
  output: parsed<Json>(row.outputJson),
})

const parsed = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T))
const textOf = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))
const milliseconds = (text: string): number => parseInstant(text) ?? 0

export interface RowPosition {
  readonly turn: number
  readonly baseTurn: number
  readonly owner: string | null
}

export function rowOf(state: State, position: RowPosition): InstanceRow {
  const finished = isFinished(state) && state.continued === null
  const waiting = finished ? [] : waitingFor(state, 20)
  return {
    instanceId: state.instanceId,
    executionId: state.executionId,
    definition: state.definition,
    version: state.version,
    status: state.status,
    createdAt: milliseconds(state.createdAt),
    updatedAt: milliseconds(state.updatedAt),
    completedAt: state.completedAt === null ? null : milliseconds(state.completedAt),
    turn: position.turn,
    baseTurn: position.baseTurn,
    seq: state.seq,
    parentId: state.parent?.instanceId ?? null,
    inputJson: JSON.stringify(state.input),
    outputJson: textOf(state.output),
    failureJson: textOf(state.failure),
    customStatusJson: textOf(state.customStatus),
    waitingForJson: waiting.length === 0 ? null : JSON.stringify(waiting),
    correlationKeys: finished ? [] : correlationKeys(state),
    owner: finished ? null : position.owner,
    dueAt: finished ? null : dueAt(state),
  }
}

export function correlationKeys(state: State): string[] {
  const keys: string[] = []
  for (const { event } of state.tasks.values())
    if (event?.type === 'EventAwaited' && event.correlationKey !== undefined) keys.push(event.correlationKey)
  return keys
}

/** When somebody must look at it without being told: at once where work is open, at its earliest alarm, or never. */
function dueAt(state: State): number | null {
  if (state.continued) return 0
  if (state.status === 'Suspended') return null
  let due: number | null = null
  for (const task of openTasks(state)) {
    if (task.kind === 'activity') return 0
    if (task.dueAt === null) continue
    const at = milliseconds(task.dueAt)
    if (due === null || at < due) due = at
  }
  return due
}
