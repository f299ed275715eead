// The latest snapshot of each instance. One of an earlier turn never replaces a later one.
import { type Document, MongoServerError } from 'mongodb'
import type { Snapshot } from '../store.ts'
import type { Connection } from './connection.ts'
import { DUPLICATE_KEY } from './errors.ts'
import { tooLarge } from './grouped-inserts.ts'
import { MAX_DOCUMENT_BYTES, sizeOf } from './write-command.ts'

export const SNAPSHOTS = 'snapshots'
const FRAME_BYTES = 1_000

interface SnapshotDocument extends Omit<Snapshot, 'instanceId'>, Document {
  readonly _id: string
}

export interface Snapshots {
  put(snapshot: Snapshot): Promise<void>
  get(instanceId: string): Promise<Snapshot | null>
}

export function mongoSnapshots(connection: Connection): Snapshots {
  const collection = connection.db.collection<SnapshotDocument>(SNAPSHOTS)
  return {
    async put({ instanceId, executionId, turn, stateJson }) {
      const size = sizeOf(stateJson) + FRAME_BYTES
      if (size > MAX_DOCUMENT_BYTES) throw tooLarge(SNAPSHOTS, instanceId, size)
      try {
        const isNoLater = { _id: instanceId, turn: { $lte: turn } }
        await collection.updateOne(isNoLater, { $set: { executionId, turn, stateJson } }, { upsert: true })
      } catch (error) {
        // The snapshot that is there is of a later turn, so nothing matched and the _id is taken.
        if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error
      }
    },
    async get(instanceId) {
      const found = await collection.findOne({ _id: instanceId })
      if (found === null) return null
      return { instanceId, executionId: found.executionId, turn: found.turn, stateJson: found.stateJson }
    },
  }
}
