// What is read of the projection: single rows, lists, counts.
import type { Filter } from 'mongodb'
import type { InstanceCount, InstanceFilter, InstanceRow, Page, PageRequest } from '../store.ts'
import type { Connection } from './connection.ts'
import { cursorOf, readCursor } from './cursor.ts'
import { BY_DEFINITION } from './indexes.ts'
import { INSTANCES, type InstanceDocument, OPEN, rowOf } from './instance-document.ts'
import type { Projection } from './projection.ts'

/** Sorts behind every text that begins with the prefix. */
const LAST_CHARACTER = '\u{10FFFF}'

export interface Instances {
  get(instanceId: string): Promise<InstanceRow | null>
  list(filter: InstanceFilter, page: PageRequest): Promise<Page<InstanceRow>>
  count(filter?: { readonly definition?: string }): Promise<InstanceCount[]>
  findByCorrelationKey(key: string): Promise<string[]>
}

export function mongoInstances(connection: Connection, projection: Projection): Instances {
  const collection = connection.db.collection<InstanceDocument>(INSTANCES)

  return {
    async get(instanceId) {
      if (projection.isWaiting(instanceId)) await projection.flush()
      const document = await collection.findOne({ _id: instanceId })
      return document === null ? null : rowOf(document)
    },

    async list(filter, { limit, cursor }) {
      const from = cursor == null ? null : readInstanceCursor(cursor)
      await projection.flush()
      const documents = await collection
        .find({ $and: [...conditions(filter), ...(from === null ? [] : [olderThan(from)])] })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray()
      const items = documents.slice(0, limit).map(rowOf)
      const last = items.at(-1)
      const hasMore = documents.length > limit && last !== undefined
      return { items, next: hasMore ? cursorOf('instances', [last.createdAt, last.instanceId]) : null }
    },

    async count({ definition } = {}) {
      await projection.flush()
      const groups = await collection
        .aggregate<{ _id: Omit<InstanceCount, 'count'>; count: number }>(
          [
            ...(definition === undefined ? [] : [{ $match: { definition: { $eq: definition } } }]),
            {
              $group: {
                _id: { definition: '$definition', version: '$version', status: '$status' },
                count: { $sum: 1 },
              },
            },
          ],
          // The index holds all that is counted, so no document is read.
          { hint: BY_DEFINITION },
        )
        .toArray()
      return groups.map(({ _id, count }) => ({ ..._id, count }))
    },

    async findByCorrelationKey(key) {
      await projection.flush()
      const found = await collection
        .find({ correlationKeys: { $eq: key }, status: { $in: [...OPEN] } }, { projection: { _id: 1 } })
        .sort({ createdAt: 1, _id: 1 })
        .toArray()
      return found.map((document) => document._id)
    },
  }
}

/** Every text of the caller stands behind an operator of ours, so that none can be read as one. */
function conditions(filter: InstanceFilter): Filter<InstanceDocument>[] {
  const all: Filter<InstanceDocument>[] = [{}]
  if (filter.definition !== undefined) all.push({ definition: { $eq: filter.definition } })
  if (filter.version !== undefined) all.push({ version: { $eq: filter.version } })
  if (filter.statuses !== undefined) all.push({ status: { $in: [...filter.statuses] } })
  if (filter.idPrefix !== undefined && filter.idPrefix !== '') {
    all.push({ _id: { $gte: filter.idPrefix, $lt: filter.idPrefix + LAST_CHARACTER } })
  }
  if (filter.createdFrom !== undefined) all.push({ createdAt: { $gte: filter.createdFrom } })
  if (filter.createdTo !== undefined) all.push({ createdAt: { $lt: filter.createdTo } })
  if (filter.parentId !== undefined) all.push({ parentId: { $eq: filter.parentId } })
  return all
}

function olderThan({ createdAt, instanceId }: { createdAt: number; instanceId: string }): Filter<InstanceDocument> {
  return {
    createdAt: { $lte: createdAt },
    $or: [{ createdAt: { $lt: createdAt } }, { createdAt: { $eq: createdAt }, _id: { $lt: instanceId } }],
  }
}

function readInstanceCursor(cursor: string): { createdAt: number; instanceId: string } {
  const [createdAt, instanceId] = readCursor('instances', cursor, ['number', 'string'])
  return { createdAt: Number(createdAt), instanceId: String(instanceId) }
}
