// Messages wait here, each under its own id, until a turn has consumed them. Their order is that of arrival: an empty
// timestamp is filled by the server on insert and grows from one to the next, whatever the clients' clocks say.
import { type Document, type Filter, Timestamp } from 'mongodb'
import type { InboxMessage, Page, PageRequest } from '../store.ts'
import type { Connection } from './connection.ts'
import { messageOf as textOf } from './errors.ts'
import { groupedInserts, tooLarge } from './grouped-inserts.ts'
import { INSTANCES, type InstanceDocument } from './instance-document.ts'
import type { Projection } from './projection.ts'
import { retrying } from './retrying.ts'
import { deleteEach, MAX_DOCUMENT_BYTES, sizeOf } from './write-command.ts'

export const INBOX = 'inbox'
const FRAME_BYTES = 1_000
const GATHER_MS = 20
const AFTER_FAILURE_MS = 1_000
const MAX_DELETES = 1_000
const READ_LIMIT = 1_000
const PENDING_PAGE = 200

export interface MessageDocument extends Omit<InboxMessage, 'id'>, Document {
  readonly _id: string
  readonly arrived: Timestamp
  /** The store that wrote it last, and the number of the put there: tells our own earlier attempt from a duplicate. */
  readonly writer: string
  readonly put: number
}

export interface Inbox {
  put(message: InboxMessage): Promise<'stored' | 'duplicate'>
  read(instanceId: string, limit?: number): Promise<InboxMessage[]>
  pending(engineId: string, page: PageRequest): Promise<Page<InboxMessage>>
  readdress(id: string, from: string, to: string): Promise<boolean>
  remove(ids: readonly string[]): Promise<void>
  /** Soon, without being waited for; from now on they are not read here any more. */
  removeLater(ids: readonly string[]): void
  flush(): Promise<void>
  /** Nothing is tried again from now on. */
  stop(): void
}

export function mongoInbox(
  connection: Connection,
  projection: Projection,
  stored: (message: InboxMessage) => void,
): Inbox {
  const collection = connection.db.collection<MessageDocument>(INBOX)
  const instances = connection.db.collection<InstanceDocument>(INSTANCES)
  const inserts = groupedInserts<MessageDocument>(connection, INBOX, {
    isOwn: (there, mine) => there.writer === mine.writer && there.put === mine.put,
  })
  /** Consumed but perhaps still there. */
  const gone = new Set<string>()
  let toRemove: string[] = []
  let timer: NodeJS.Timeout | null = null
  let removal: Promise<void> = Promise.resolve()
  let puts = 0
  let isStopped = false

  function removeSoon(afterMs: number): void {
    if (isStopped) return
    timer ??= setTimeout(() => {
      timer = null
      removal = removal.then(removeGathered)
    }, afterMs)
  }

  async function removeGathered(): Promise<void> {
    const ids = toRemove
    toRemove = []
    if (ids.length === 0) return
    try {
      await removeNow(ids)
      for (const id of ids) gone.delete(id)
    } catch (error) {
      connection.log('error', 'Consumed messages could not be removed; they are tried again.', {
        messages: ids.length,
        error: textOf(error),
      })
      toRemove.push(...ids)
      removeSoon(AFTER_FAILURE_MS)
    }
  }

  async function removeNow(ids: readonly string[]): Promise<void> {
    for (let at = 0; at < ids.length; at += MAX_DELETES) {
      const part = ids.slice(at, at + MAX_DELETES)
      await retrying('removing messages', connection.patienceMs, () =>
        deleteEach(connection.db, INBOX, [{ _id: { $in: part } }]),
      )
    }
  }

  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer)
    timer = null
    await inserts.idle()
    removal = removal.then(removeGathered)
    await removal
  }

  /** Whom these messages cannot be delivered to from here, and who has failed. */
  async function shutAmong(page: readonly MessageDocument[], engineId: string) {
    const addresses = [...new Set(page.map((document) => document.instanceId))]
    const isShut = { $or: [{ owner: { $exists: true, $ne: engineId } }, { status: 'Failed' as const }] }
    const found = await instances.find({ _id: { $in: addresses }, ...isShut }, { projection: { status: 1 } }).toArray()
    return new Map(found.map(({ _id, status }) => [_id, status === 'Failed' ? 'failed' : 'foreign'] as const))
  }

  return {
    async put(message) {
      puts++
      const document = documentOf(message, connection.writer, puts)
      const outcome = await inserts.insert(document, sizeOf(message.payloadJson) + FRAME_BYTES)
      if (outcome === 'taken') return 'duplicate'
      stored(message)
      return 'stored'
    },

    async read(instanceId, limit = READ_LIMIT) {
      if (gone.size > MAX_DELETES) await flush()
      const found = await collection
        .find({ instanceId: { $eq: instanceId } })
        .sort({ arrived: 1 })
        .limit(limit + gone.size)
        .toArray()
      return found
        .filter((document) => !gone.has(document._id))
        .slice(0, limit)
        .map(messageOf)
    },

    async pending(engineId, { limit, cursor = null }) {
      await projection.flush()
      const items: InboxMessage[] = []
      let after: Filter<MessageDocument> = cursor === null ? {} : { arrived: { $gt: Timestamp.fromString(cursor, 10) } }
      for (;;) {
        const page = await collection.find(after).sort({ arrived: 1 }).limit(PENDING_PAGE).toArray()
        const shut = await shutAmong(page, engineId)
        for (const document of page) {
          after = { arrived: { $gt: document.arrived } }
          const why = shut.get(document.instanceId)
          if (gone.has(document._id) || why === 'foreign' || (why === 'failed' && document.kind === 'event')) continue
          items.push(messageOf(document))
          if (items.length === limit) return { items, next: document.arrived.toString() }
        }
        if (page.length < PENDING_PAGE) return { items, next: null }
      }
    },

    async readdress(id, from, to) {
      const { matchedCount } = await collection.updateOne(
        { _id: id, instanceId: { $eq: from } },
        { $set: { instanceId: to, writer: connection.writer } },
      )
      return matchedCount === 1
    },

    async remove(ids) {
      if (ids.length > 0) await removeNow(ids)
    },

    removeLater(ids) {
      for (const id of ids) {
        gone.add(id)
        toRemove.push(id)
      }
      if (toRemove.length > 0) removeSoon(GATHER_MS)
    },

    flush,

    stop() {
      isStopped = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}

export function assertMessageFits(message: InboxMessage): void {
  const size = sizeOf(message.payloadJson) + FRAME_BYTES
  if (size > MAX_DOCUMENT_BYTES) throw tooLarge(INBOX, message.id, size)
}

export function messageOf(document: MessageDocument): InboxMessage {
  return {
    id: document._id,
    instanceId: document.instanceId,
    kind: document.kind,
    payloadJson: document.payloadJson,
    at: document.at,
  }
}

function documentOf(message: InboxMessage, writer: string, put: number): MessageDocument {
  return {
    _id: message.id,
    instanceId: message.instanceId,
    kind: message.kind,
    payloadJson: message.payloadJson,
    at: message.at,
    arrived: new Timestamp({ t: 0, i: 0 }),
    writer,
    put,
  }
}
