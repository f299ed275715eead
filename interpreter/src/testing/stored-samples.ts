// Turns, rows and messages for tests of stores.
import type { InboxMessage, InstanceRow, Turn } from '../stores/store.ts'

const AT = Date.UTC(2030, 0, 1)

/** Turn n holds the events 2n - 1 and 2n. */
export function sampleTurn(instanceId: string, turn: number, more: Partial<Turn> = {}): Turn {
  const firstSeq = turn * 2 - 1
  const eventsJson = JSON.stringify([{ seq: firstSeq }, { seq: firstSeq + 1 }])
  return { instanceId, turn, executionId: `${instanceId}/1`, firstSeq, count: 2, at: AT + turn, eventsJson, ...more }
}

export function sampleRow(instanceId: string, more: Partial<InstanceRow> = {}): InstanceRow {
  return {
    instanceId,
    executionId: `${instanceId}/1`,
    definition: 'order',
    version: 1,
    status: 'Running',
    createdAt: AT,
    updatedAt: AT,
    completedAt: null,
    turn: 1,
    baseTurn: 0,
    seq: 2,
    parentId: null,
    inputJson: '{}',
    outputJson: null,
    failureJson: null,
    customStatusJson: null,
    waitingForJson: null,
    correlationKeys: [],
    owner: null,
    dueAt: null,
    ...more,
  }
}

export function sampleMessage(id: string, instanceId: string): InboxMessage {
  return { id, instanceId, kind: 'event', payloadJson: '{}', at: AT }
}
