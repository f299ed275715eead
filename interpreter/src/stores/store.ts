// What the engine asks of a database. One suite, store.contract.ts, says the same in tests; every store passes it.
// Times are milliseconds since 1970. Text fields named *Json hold JSON text made by the engine; a store never looks inside.
import type { Json } from '@durable-canvas/schema'

export type InstanceStatus = 'Pending' | 'Running' | 'Suspended' | 'Completed' | 'Failed' | 'Terminated'

/** What one turn of one instance recorded. The key is (instanceId, turn); whoever inserts it first has won the turn. */
export interface Turn {
  readonly instanceId: string
  /** 1, 2, 3 … without gaps, through all executions of the instance. */
  readonly turn: number
  readonly executionId: string
  /** The seq of the first event in it; events of one execution are numbered from 1 without gaps. */
  readonly firstSeq: number
  readonly count: number
  readonly at: number
  /** A JSON array of events. */
  readonly eventsJson: string
}

/** The projection of an instance for lists and claims. Written after the log, coalesced; `turn` says up to where it is true. */
export interface InstanceRow {
  readonly instanceId: string
  readonly executionId: string
  readonly definition: string
  readonly version: number
  readonly status: InstanceStatus
  readonly createdAt: number
  readonly updatedAt: number
  readonly completedAt: number | null
  /** The turn that this row tells of. */
  readonly turn: number
  /** The turn before the first of this execution; turns up to it belong to earlier executions. */
  readonly baseTurn: number
  readonly seq: number
  readonly parentId: string | null
  readonly inputJson: string
  readonly outputJson: string | null
  readonly failureJson: string | null
  readonly customStatusJson: string | null
  readonly waitingForJson: string | null
  readonly correlationKeys: readonly string[]
  /** The engine that holds it in memory; null: nobody, and the row is exact. */
  readonly owner: string | null
  /** When somebody must look at it although nothing arrives; null: never. Only read while nobody holds it. */
  readonly dueAt: number | null
}

export type InboxKind = 'start' | 'event' | 'operation' | 'child'

/** A message that waits for an instance until one of its turns has consumed it. The id makes it unique: a second put changes nothing. */
export interface InboxMessage {
  readonly id: string
  /** The instance, or `key:K` for an event addressed to whoever waits for correlation key K. */
  readonly instanceId: string
  readonly kind: InboxKind
  readonly payloadJson: string
  readonly at: number
}

/** All that follows from one turn. The turn itself is the atomic write; the rest is idempotent and done with it or right after it. */
export interface Commit {
  readonly turn: Turn
  /**
   * The row as it is after this turn, durable before the commit answers: without it nobody would look after what has begun.
   * Always there on the first turn of an execution and on a rewind.
   */
  readonly row?: InstanceRow
  readonly deliver?: readonly InboxMessage[]
  /** Ids of inbox messages that this turn has consumed; removed once the turn is durable. */
  readonly consumed?: readonly string[]
}

/** lost: another turn of that number is there already. It is an answer, not an error. An error (thrown) means: outcome unknown. */
export type CommitOutcome = 'won' | 'lost'

export interface StoredDefinition {
  readonly name: string
  readonly version: number
  readonly hash: string
  readonly title: string | null
  readonly definitionJson: string
  readonly layoutJson: string | null
  readonly comment: string | null
  readonly deployedAt: number
}

export interface NewDefinition extends Omit<StoredDefinition, 'version'> {}

export interface Draft {
  readonly name: string
  /** 1, 2, 3 … */
  readonly revision: number
  readonly documentJson: string
  readonly updatedAt: number
}

export type DraftOutcome =
  | { readonly saved: true; readonly draft: Draft }
  | { readonly saved: false; readonly current: Draft | null }

export interface InstanceFilter {
  readonly definition?: string
  readonly version?: number
  readonly statuses?: readonly InstanceStatus[]
  readonly idPrefix?: string
  /** createdAt ≥ */
  readonly createdFrom?: number
  /** createdAt < */
  readonly createdTo?: number
  readonly parentId?: string
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Opaque; null at the end. */
  readonly next: string | null
}

export interface PageRequest {
  readonly limit: number
  readonly cursor?: string | null
}

export interface InstanceCount {
  readonly definition: string
  readonly version: number
  readonly status: InstanceStatus
  readonly count: number
}

export interface Snapshot {
  readonly instanceId: string
  readonly executionId: string
  readonly turn: number
  readonly stateJson: string
}

/** What a store tells the engines in its reach without being asked. A hint, never the truth. */
export type StoreSignal = { readonly type: 'message'; readonly message: InboxMessage } | { readonly type: 'due' }

/** A page cursor that was not made by this store, or was changed. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor'
  readonly code = 'InvalidCursor'
}

/** The file is held by another process. */
export class StoreLocked extends Error {
  override readonly name = 'StoreLocked'
  readonly code = 'StoreLocked'
}

export interface WorkflowStore {
  /** For people: "sqlite app.db", "mongodb durable-canvas (replica set)". Never holds a password. */
  readonly description: string
  /** True if only this process can reach the data, so that no lease is needed. */
  readonly exclusive: boolean

  // The log. Commits of all instances that arrive while a write is under way go out together in the next one.
  /** The very same turn again, from this store, is its own retry: won, and applied once. */
  commit(commit: Commit): Promise<CommitOutcome>
  /** Turns > afterTurn in order, at most `limit` (default 1,000). */
  readTurns(
    instanceId: string,
    options?: { readonly afterTurn?: number; readonly limit?: number },
  ): Promise<readonly Turn[]>
  /** Turns of one execution which hold an event with seq > afterSeq, in order, at most `limit` turns (default 1,000). */
  readEvents(
    instanceId: string,
    executionId: string,
    options?: { readonly afterSeq?: number; readonly limit?: number },
  ): Promise<readonly Turn[]>
  /** Forgets turns ≤ throughTurn (of executions that ended by continue-as-new), but for turn 1: it keeps the id taken. */
  dropTurns(instanceId: string, throughTurn: number): Promise<void>
  putSnapshot(snapshot: Snapshot): Promise<void>
  getSnapshot(instanceId: string): Promise<Snapshot | null>

  // Instances: the projection. A row is applied only if its turn is ≥ the stored one's; an unknown id is inserted
  // if its log has turns, so that a late row revives nothing that was purged.
  project(rows: readonly InstanceRow[]): Promise<void>
  getInstance(instanceId: string): Promise<InstanceRow | null>
  /** Newest first (createdAt, then instanceId, descending). Throws InvalidCursor. */
  listInstances(filter: InstanceFilter, page: PageRequest): Promise<Page<InstanceRow>>
  countInstances(filter?: { readonly definition?: string }): Promise<readonly InstanceCount[]>
  /** Ids of unfinished instances which wait under the correlation key, oldest first. */
  findByCorrelationKey(key: string): Promise<readonly string[]>
  /** Removes log, row, snapshot and inbox of finished instances among these ids; answers how many. */
  purge(instanceIds: readonly string[]): Promise<number>

  // Ownership. An engine's lease covers all that it owns; by the server's clock.
  /** Takes or renews the lease. False: it had run out. It is taken anew, but all that it held is free by then. */
  renewLease(engineId: string, leaseMs: number): Promise<boolean>
  /** Gives up the lease; rows still owned become free for others at once. */
  releaseLease(engineId: string): Promise<void>
  /** Takes up to `limit` unfinished instances that nobody holds and that are due, or whose owner's lease has run out. */
  claimDue(engineId: string, limit: number): Promise<readonly InstanceRow[]>
  /** Takes one unfinished instance, due or not. Null: unknown, finished, or held by a live engine (itself: answers the row). */
  claim(engineId: string, instanceId: string): Promise<InstanceRow | null>
  /** The earliest dueAt of instances that nobody holds. */
  nextDue(): Promise<number | null>

  // Inbox.
  putMessage(message: InboxMessage): Promise<'stored' | 'duplicate'>
  /** In order of arrival, oldest first, at most `limit`. */
  readMessages(instanceId: string, limit?: number): Promise<readonly InboxMessage[]>
  /**
   * Messages whose instance is unknown, free, or owned by this engine, without events to failed ones (they wait for a rewind);
   * oldest first. The safety net behind signals, in pages
   * because messages that nobody waits for yet may stay for long. A cursor is good for as long as the store is open.
   */
  pendingMessages(engineId: string, page: PageRequest): Promise<Page<InboxMessage>>
  /** Gives a message another address if it still has the old one. */
  readdress(id: string, from: string, to: string): Promise<boolean>
  removeMessages(ids: readonly string[]): Promise<void>
  /** Calls back on what other processes wrote (and may on what this one wrote). Answers the way to stop. */
  subscribe(listener: (signal: StoreSignal) => void): () => void

  // Definitions. Versions of a name count 1, 2, 3 …; content equal to the latest version's (same hash) gives that version again.
  putDefinition(definition: NewDefinition): Promise<{ readonly version: number; readonly created: boolean }>
  /** Without version: the latest. */
  getDefinition(name: string, version?: number): Promise<StoredDefinition | null>
  /** The latest version of each, by name, and how many versions there are. */
  listDefinitions(page: PageRequest): Promise<Page<StoredDefinition & { readonly versions: number }>>
  /** Newest first. */
  listVersions(name: string, page: PageRequest): Promise<Page<StoredDefinition>>
  getDraft(name: string): Promise<Draft | null>
  listDrafts(): Promise<readonly Omit<Draft, 'documentJson'>[]>
  /** expectedRevision null: there must be none yet. */
  putDraft(name: string, documentJson: string, expectedRevision: number | null, at: number): Promise<DraftOutcome>
  deleteDraft(name: string): Promise<boolean>
  /** A small value under a name, for the installation itself (an id, marks of what was set up). */
  getSetting(name: string): Promise<Json | undefined>
  putSetting(name: string, value: Json): Promise<void>

  /** Answers if the database does; throws otherwise. */
  ping(): Promise<void>
  /** Writes what is queued, then closes. */
  close(): Promise<void>
}
