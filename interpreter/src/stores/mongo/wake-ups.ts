// Tells the engines of this process what other processes wrote: by one change stream, or, on a standalone server, which
// has none, by looking twice a second. Only hints: whoever misses one finds the message by looking into the inbox.
// Nothing runs while nobody listens.
import {
  type ChangeStream,
  type ChangeStreamDocument,
  type Document,
  MongoError,
  type ResumeToken,
  Timestamp,
} from 'mongodb'
import type { StoreSignal } from '../store.ts'
import type { Connection } from './connection.ts'
import { messageOf as textOf } from './errors.ts'
import { INBOX, type MessageDocument, messageOf } from './inbox.ts'
import { INSTANCES } from './instance-document.ts'
import { ENGINES } from './ownership.ts'

const POLL_MS = 500
const POLL_LIMIT = 500
/** Messages may come to light in another order than that of their arrival; so the last seconds are looked at again. */
const OVERLAP_SECONDS = 2
const SHORTEST_WAIT_MS = 100
const LONGEST_WAIT_MS = 5_000
const DUE_AT_MOST_EVERY_MS = 50

type Listener = (signal: StoreSignal) => void

export interface WakeUps {
  subscribe(listener: Listener): () => void
  tell(signal: StoreSignal): void
  close(): Promise<void>
}

export function mongoWakeUps(connection: Connection, isSomethingDue: () => Promise<boolean>): WakeUps {
  const listeners = new Set<Listener>()
  let watching: { readonly abort: AbortController; readonly ended: Promise<void> } | null = null

  function tell(signal: StoreSignal): void {
    for (const listener of listeners) listener(signal)
  }

  function start(): void {
    const abort = new AbortController()
    const watch = connection.topology === 'standalone' ? pollInbox : followChanges
    const ended = watch(connection, abort.signal, tell, isSomethingDue).catch((error: unknown) => {
      if (!abort.signal.aborted) connection.log('error', 'Wake-ups have ended.', { error: textOf(error) })
    })
    watching = { abort, ended }
  }

  async function stop(): Promise<void> {
    const was = watching
    watching = null
    was?.abort.abort()
    await was?.ended
  }

  return {
    subscribe(listener) {
      // Wrapped, so that one function can listen twice and leave once.
      const own: Listener = (signal) => listener(signal)
      listeners.add(own)
      if (watching === null) start()
      return () => {
        if (listeners.delete(own) && listeners.size === 0) void stop()
      }
    },
    tell,
    async close() {
      listeners.clear()
      await stop()
    },
  }
}

async function followChanges(connection: Connection, stopped: AbortSignal, tell: Listener): Promise<void> {
  const news = mongoNews(connection)
  const tellDue = atMostEvery(DUE_AT_MOST_EVERY_MS, () => tell({ type: 'due' }))
  let position: StreamPosition | null = null
  let wait = SHORTEST_WAIT_MS
  while (!stopped.aborted) {
    try {
      position ??= { startAtOperationTime: await serverTime(connection) }
      const stream: ChangeStream = connection.db.watch(changesWorthTelling(connection.writer), {
        ...position,
        maxAwaitTimeMS: 5_000,
      })
      const close = () => void stream.close().catch(() => undefined)
      stopped.addEventListener('abort', close, { once: true })
      try {
        if (stopped.aborted) return
        for await (const change of stream) {
          wait = SHORTEST_WAIT_MS
          const signal = await signalOf(connection, change)
          if (signal?.type === 'due') tellDue()
          else if (signal !== null) tell(signal)
          position = { resumeAfter: change._id }
        }
      } finally {
        stopped.removeEventListener('abort', close)
        await stream.close().catch(() => undefined)
      }
    } catch (error) {
      if (stopped.aborted) return
      connection.log('warn', 'The stream of changes broke off; it is opened again.', { error: textOf(error) })
      // A position that the server has forgotten would fail for ever: look at what is there and start anew.
      if (error instanceof MongoError && !error.hasErrorLabel('ResumableChangeStreamError') && position !== null) {
        position = null
        await catchUp(news, tell)
      }
      await pause(wait, stopped)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    }
  }
}

type StreamPosition = { readonly resumeAfter: ResumeToken } | { readonly startAtOperationTime: Timestamp }

async function serverTime(connection: Connection): Promise<Timestamp> {
  const { operationTime } = await connection.db.command({ ping: 1 })
  return operationTime as Timestamp
}

function changesWorthTelling(writer: string): Document[] {
  const messages = { 'ns.coll': INBOX, operationType: { $in: ['insert', 'update'] } }
  const leasesGivenUp = { 'ns.coll': ENGINES, operationType: 'delete' }
  const instancesFreed = {
    'ns.coll': INSTANCES,
    operationType: 'update',
    'updateDescription.updatedFields.claimAt': { $exists: true },
  }
  return [
    { $match: { $or: [messages, leasesGivenUp, instancesFreed] } },
    // Apart from the first, which the server then applies to its own log of operations.
    { $match: { 'fullDocument.writer': { $ne: writer } } },
  ]
}

async function signalOf(connection: Connection, change: ChangeStreamDocument): Promise<StoreSignal | null> {
  if (change.operationType === 'insert') {
    return { type: 'message', message: messageOf(change.fullDocument as MessageDocument) }
  }
  if (change.operationType === 'update' && change.ns.coll === INBOX) {
    const id = String(change.documentKey._id)
    const document = await connection.db.collection<MessageDocument>(INBOX).findOne({ _id: id })
    return document === null ? null : { type: 'message', message: messageOf(document) }
  }
  return { type: 'due' }
}

async function pollInbox(
  connection: Connection,
  stopped: AbortSignal,
  tell: Listener,
  isSomethingDue: () => Promise<boolean>,
): Promise<void> {
  const news = mongoNews(connection)
  let isReachable = true
  while (!stopped.aborted) {
    try {
      await catchUp(news, tell)
      if (await isSomethingDue()) tell({ type: 'due' })
      isReachable = true
    } catch (error) {
      if (isReachable && !stopped.aborted) {
        connection.log('warn', 'Looking for messages failed; it is tried again.', { error: textOf(error) })
      }
      isReachable = false
    }
    await pause(isReachable ? POLL_MS : LONGEST_WAIT_MS, stopped)
  }
}

type News = () => Promise<MessageDocument[]>

async function catchUp(news: News, tell: Listener): Promise<void> {
  for (const document of await news()) tell({ type: 'message', message: messageOf(document) })
}

/** Each call answers the messages that have come to light since the one before. */
function mongoNews(connection: Connection): News {
  const collection = connection.db.collection<MessageDocument>(INBOX)
  let newest: Timestamp | null = null
  let told = new Set<string>()
  return async () => {
    const filter = newest === null ? {} : { arrived: { $gte: secondsBefore(newest, OVERLAP_SECONDS) } }
    const found = await collection.find(filter).sort({ arrived: -1 }).limit(POLL_LIMIT).toArray()
    const fresh = found.filter((document) => !told.has(document._id)).reverse()
    told = new Set(found.map((document) => document._id))
    newest = found[0]?.arrived ?? newest
    return fresh.filter((document) => document.writer !== connection.writer)
  }
}

function secondsBefore(time: Timestamp, seconds: number): Timestamp {
  return new Timestamp({ t: Math.max(0, time.getHighBitsUnsigned() - seconds), i: 0 })
}

function atMostEvery(ms: number, run: () => void): () => void {
  let isPlanned = false
  return () => {
    if (isPlanned) return
    isPlanned = true
    setTimeout(() => {
      isPlanned = false
      run()
    }, ms)
  }
}

function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      stopped.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    stopped.addEventListener('abort', end, { once: true })
    if (stopped.aborted) end()
  })
}
