// How rows travel to the worker: flat, in the order of the table's columns. A flat array of texts and numbers is what
// the structured clone between threads copies fastest.
import type { InstanceRow, InstanceStatus } from '../store.ts'
import type { Column } from './driver.ts'

/** A status is stored as its place here; the finished ones come last. */
export const STATUSES: readonly InstanceStatus[] = [
  'Pending',
  'Running',
  'Suspended',
  'Completed',
  'Failed',
  'Terminated',
]

export const ROW_COLUMNS =
  'instanceId, executionId, definition, version, status, createdAt, updatedAt, completedAt, turn, baseTurn, seq, parentId, owner, dueAt, correlationKeysJson, customStatusJson, waitingForJson, failureJson, outputJson, inputJson'

export const ROW_WIDTH = ROW_COLUMNS.split(',').length

export function pushRow(columns: unknown[], row: InstanceRow): void {
  columns.push(
    row.instanceId,
    row.executionId,
    row.definition,
    row.version,
    STATUSES.indexOf(row.status),
    row.createdAt,
    row.updatedAt,
    row.completedAt,
    row.turn,
    row.baseTurn,
    row.seq,
    row.parentId,
    row.owner,
    row.dueAt,
    JSON.stringify(row.correlationKeys),
    row.customStatusJson,
    row.waitingForJson,
    row.failureJson,
    row.outputJson,
    row.inputJson,
  )
}

/** What the worker has to know of a row besides writing it. */
export function headOfRow(columns: readonly Column[]) {
  return {
    instanceId: columns[0] as string,
    definition: columns[2] as string,
    version: columns[3] as number,
    status: columns[4] as number,
    turn: columns[8] as number,
    correlationKeysJson: columns[14] as string,
  }
}

type RowAsStored = Omit<InstanceRow, 'status' | 'correlationKeys'> & { status: number; correlationKeysJson: string }

export function rowFromStored(stored: unknown): InstanceRow {
  const { status, correlationKeysJson, ...rest } = stored as RowAsStored
  return { ...rest, status: statusFromStored(status), correlationKeys: JSON.parse(correlationKeysJson) }
}

export function statusFromStored(status: number): InstanceStatus {
  const text = STATUSES[status]
  if (text === undefined) throw new Error(`Unknown status ${status} in the database`)
  return text
}
