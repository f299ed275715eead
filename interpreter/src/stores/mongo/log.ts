// The log: one document per turn. Its _id is the instance and the turn, so that inserting it is at once the atomic write
// and the compare-and-append; no other index is needed. An instance id may hold colons: the last ten digits are the turn.
import type { Collection, Document, Filter } from 'mongodb'
import type { Turn } from '../store.ts'
import type { Connection } from './connection.ts'
import { groupedInserts } from './grouped-inserts.ts'
import { deleteEach, sizeOf, updateEach } from './write-command.ts'

export const LOG = 'log'
const DEFAULT_LIMIT = 1_000
const FRAME_BYTES = 1_000
/** Below this many events it is cheaper to read over the turns before than to look for the place. */
const SEEK_FROM_SEQ = 500

interface TurnDocument extends Document {
  readonly _id: string
  readonly instanceId: string
  readonly turn: number
  readonly executionId: string
  readonly firstSeq: number
  readonly lastSeq: number
  readonly at: number
  /** The store that wrote it: together with the content it tells our own earlier attempt from a lost race. */
  readonly writer: string
  readonly eventsJson: string
}

export interface Log {
  append(turn: Turn): Promise<'won' | 'lost'>
  readTurns(instanceId: string, options?: { readonly afterTurn?: number; readonly limit?: number }): Promise<Turn[]>
  readEvents(
    instanceId: string,
    executionId: string,
    options?: { readonly afterSeq?: number; readonly limit?: number },
  ): Promise<Turn[]>
  dropTurns(instanceId: string, throughTurn: number): Promise<void>
  lastTurn(instanceId: string): Promise<{ readonly turn: number; readonly executionId: string } | null>
  idle(): Promise<void>
}

export function mongoLog(connection: Connection): Log {
  const collection = connection.db.collection<TurnDocument>(LOG)
  const inserts = groupedInserts<TurnDocument>(connection, LOG, { isOwn: isSameTurn })

  return {
    async append(turn) {
      const bytes = sizeOf(turn.eventsJson) + FRAME_BYTES
      const outcome = await inserts.insert(documentOf(turn, connection.writer), bytes)
      return outcome === 'inserted' ? 'won' : 'lost'
    },

    async readTurns(instanceId, { afterTurn = 0, limit = DEFAULT_LIMIT } = {}) {
      return read(collection, turnsAfter(instanceId, afterTurn), limit)
    },

    async readEvents(instanceId, executionId, { afterSeq = 0, limit = DEFAULT_LIMIT } = {}) {
      const afterTurn = afterSeq < SEEK_FROM_SEQ ? 0 : await turnBefore(collection, instanceId, executionId, afterSeq)
      return read(collection, { ...turnsAfter(instanceId, afterTurn), executionId, lastSeq: { $gt: afterSeq } }, limit)
    },

    async dropTurns(instanceId, throughTurn) {
      if (throughTurn < 1) return
      // The first turn stays, without its events: whoever starts the id again is to lose.
      const emptied = { eventsJson: '[]', lastSeq: 0, writer: '' }
      await updateEach(connection.db, LOG, [{ q: { _id: turnId(instanceId, 1) }, u: { $set: emptied } }])
      await deleteEach(connection.db, LOG, [turns(instanceId, 1, throughTurn)])
    },

    async lastTurn(instanceId) {
      const last = await collection
        .find(turnsAfter(instanceId, 0), { projection: { turn: 1, executionId: 1 } })
        .sort({ _id: -1 })
        .limit(1)
        .next()
      return last === null ? null : { turn: last.turn, executionId: last.executionId }
    },

    idle: () => inserts.idle(),
  }
}

/** The turns after one and through another. The id "a:0000000001" lies between the turns of "a": the field tells them apart. */
export function turns(instanceId: string, afterTurn: number, throughTurn: number): Filter<TurnDocument> {
  return { _id: { $gt: turnId(instanceId, afterTurn), $lte: turnId(instanceId, throughTurn) }, instanceId }
}

function turnsAfter(instanceId: string, afterTurn: number): Filter<TurnDocument> {
  return turns(instanceId, afterTurn, 9_999_999_999)
}

function turnId(instanceId: string, turn: number): string {
  return `${instanceId}:${String(turn).padStart(10, '0')}`
}

async function read(
  collection: Collection<TurnDocument>,
  filter: Filter<TurnDocument>,
  limit: number,
): Promise<Turn[]> {
  const documents = await collection.find(filter).sort({ _id: 1 }).limit(Math.max(1, limit)).toArray()
  return documents.map(turnOf)
}

/**
 * A turn before the one that holds the event, found by halving: within one execution the turns' events only grow.
 * Reading a long history page by page would else read over all pages before, each time.
 */
async function turnBefore(
  collection: Collection<TurnDocument>,
  instanceId: string,
  executionId: string,
  afterSeq: number,
): Promise<number> {
  const options = { projection: { turn: 1, executionId: 1, lastSeq: 1 } }
  const newest = await collection.find(turnsAfter(instanceId, 0), options).sort({ _id: -1 }).limit(1).next()
  // Of an earlier execution the end is not known; few look that far back.
  if (newest === null || newest.executionId !== executionId) return 0
  let [before, after] = [0, newest.turn]
  while (after - before > SEEK_FROM_SEQ) {
    const middle = Math.floor((before + after) / 2)
    const probe = await collection
      .find(turnsAfter(instanceId, middle - 1), options)
      .sort({ _id: 1 })
      .limit(1)
      .next()
    if (probe === null) return before
    const isBehind = probe.executionId === executionId && probe.lastSeq > afterSeq
    if (isBehind) after = middle
    else before = probe.turn
  }
  return before
}

function documentOf(turn: Turn, writer: string): TurnDocument {
  return {
    _id: turnId(turn.instanceId, turn.turn),
    instanceId: turn.instanceId,
    turn: turn.turn,
    executionId: turn.executionId,
    firstSeq: turn.firstSeq,
    lastSeq: turn.firstSeq + turn.count - 1,
    at: turn.at,
    writer,
    eventsJson: turn.eventsJson,
  }
}

function turnOf(document: TurnDocument): Turn {
  return {
    instanceId: document.instanceId,
    turn: document.turn,
    executionId: document.executionId,
    firstSeq: document.firstSeq,
    count: document.lastSeq - document.firstSeq + 1,
    at: document.at,
    eventsJson: document.eventsJson,
  }
}

function isSameTurn(stored: TurnDocument, mine: TurnDocument): boolean {
  return (
    stored.writer === mine.writer &&
    stored.executionId === mine.executionId &&
    stored.firstSeq === mine.firstSeq &&
    stored.lastSeq === mine.lastSeq &&
    stored.at === mine.at &&
    stored.eventsJson === mine.eventsJson
  )
}
