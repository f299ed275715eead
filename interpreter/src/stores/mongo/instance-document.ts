// How an instance's row lies in the database. Fields that are null are left out where an index is to pass over them, and
// `claimAt` is there only while the instance may be claimed: unfinished, held by nobody, and with a due time.
import type { Document } from 'mongodb'
import type { InstanceRow, InstanceStatus } from '../store.ts'
import { sizeOf } from './write-command.ts'

export const INSTANCES = 'instances'
export const OPEN: readonly InstanceStatus[] = ['Pending', 'Running', 'Suspended']
export const FINISHED: readonly InstanceStatus[] = ['Completed', 'Failed', 'Terminated']
const FRAME_BYTES = 3_000

type Optional = 'parentId' | 'owner' | 'correlationKeys'

export interface InstanceDocument extends Omit<InstanceRow, 'instanceId' | Optional>, Document {
  readonly _id: string
  readonly parentId?: string
  readonly owner?: string
  readonly correlationKeys?: readonly string[]
  readonly claimAt?: Date
  /** Of the latest claim: tells which of several candidates a claim has got. */
  readonly claim?: string
}

export function instanceDocumentOf(row: InstanceRow): InstanceDocument {
  const { instanceId, parentId, owner, correlationKeys, ...rest } = row
  const claimAt = claimTime(row)
  return {
    _id: instanceId,
    ...rest,
    ...(parentId === null ? {} : { parentId }),
    ...(owner === null ? {} : { owner }),
    ...(correlationKeys.length === 0 ? {} : { correlationKeys }),
    ...(claimAt === null ? {} : { claimAt }),
  }
}

export function rowOf(document: InstanceDocument): InstanceRow {
  return {
    instanceId: document._id,
    executionId: document.executionId,
    definition: document.definition,
    version: document.version,
    status: document.status,
    createdAt: document.createdAt,
    updatedAt: document.updatedAt,
    completedAt: document.completedAt,
    turn: document.turn,
    baseTurn: document.baseTurn,
    seq: document.seq,
    parentId: document.parentId ?? null,
    inputJson: document.inputJson,
    outputJson: document.outputJson,
    failureJson: document.failureJson,
    customStatusJson: document.customStatusJson,
    waitingForJson: document.waitingForJson,
    correlationKeys: document.correlationKeys ?? [],
    owner: document.owner ?? null,
    dueAt: document.dueAt,
  }
}

export function sizeOfRow(row: InstanceRow): number {
  return (
    FRAME_BYTES +
    sizeOf(row.inputJson) +
    sizeOf(row.outputJson) +
    sizeOf(row.failureJson) +
    sizeOf(row.customStatusJson) +
    sizeOf(row.waitingForJson)
  )
}

function claimTime(row: InstanceRow): Date | null {
  return row.owner === null && row.dueAt !== null && OPEN.includes(row.status) ? new Date(row.dueAt) : null
}
