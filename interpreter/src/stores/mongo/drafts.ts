// Drafts: one document per name, saved only on the revision that the author has seen.
import type { Document } from 'mongodb'
import type { Draft, DraftOutcome } from '../store.ts'
import type { Connection } from './connection.ts'
import { insertNew } from './insert-new.ts'

const DRAFTS = 'drafts'

interface DraftDocument extends Omit<Draft, 'name'>, Document {
  readonly _id: string
}

export interface Drafts {
  get(name: string): Promise<Draft | null>
  list(): Promise<Omit<Draft, 'documentJson'>[]>
  put(name: string, documentJson: string, expectedRevision: number | null, at: number): Promise<DraftOutcome>
  delete(name: string): Promise<boolean>
}

export function mongoDrafts(connection: Connection): Drafts {
  const collection = connection.db.collection<DraftDocument>(DRAFTS)

  async function get(name: string): Promise<Draft | null> {
    const found = await collection.findOne({ _id: name })
    return found === null ? null : draftOf(found)
  }

  async function replace(draft: Draft, expectedRevision: number): Promise<boolean> {
    const { name, ...fields } = draft
    const { matchedCount } = await collection.updateOne(
      { _id: name, revision: { $eq: expectedRevision } },
      { $set: fields },
    )
    return matchedCount === 1
  }

  return {
    get,

    async list() {
      const found = await collection
        .find({}, { projection: { documentJson: 0 } })
        .sort({ _id: 1 })
        .toArray()
      return found.map(({ _id, revision, updatedAt }) => ({ name: _id, revision, updatedAt }))
    },

    async put(name, documentJson, expectedRevision, at) {
      const draft = { name, revision: (expectedRevision ?? 0) + 1, documentJson, updatedAt: at }
      const saved =
        expectedRevision === null
          ? await insertNew(collection, { _id: name, revision: 1, documentJson, updatedAt: at })
          : await replace(draft, expectedRevision)
      return saved ? { saved: true, draft } : { saved: false, current: await get(name) }
    },

    async delete(name) {
      return (await collection.deleteOne({ _id: name })).deletedCount === 1
    },
  }
}

function draftOf(document: DraftDocument): Draft {
  const { _id, revision, documentJson, updatedAt } = document
  return { name: _id, revision, documentJson, updatedAt }
}
