// A database in memory whose operations are plain functions: the truth under the memory store and under the simulation, where
// each operation must happen at one instant that somebody else chooses. Time is always given, never taken.
import { decodeCursor, encodeCursor } from '../stores/sqlite/cursor.ts'
import type {
  CommitOutcome,
  Draft,
  DraftOutcome,
  InboxMessage,
  InstanceCount,
  InstanceFilter,
  InstanceRow,
  NewDefinition,
  Page,
  PageRequest,
  Snapshot,
  StoredDefinition,
  Turn,
} from '../stores/store.ts'

const isFinished = ({ status }: InstanceRow): boolean =>
  status === 'Completed' || status === 'Failed' || status === 'Terminated'

const isSameTurn = (a: Turn, b: Turn): boolean =>
  a.executionId === b.executionId &&
  a.firstSeq === b.firstSeq &&
  a.count === b.count &&
  a.at === b.at &&
  a.eventsJson === b.eventsJson

export class MemoryDatabase {
  readonly log = new Map<string, Turn[]>()
  readonly rows = new Map<string, InstanceRow>()
  /** In order of arrival. */
  readonly inbox = new Map<string, InboxMessage>()
  /** By message id, counted from 1. */
  private readonly arrivals = new Map<string, number>()
  private arrived = 0
  /** False: whoever asks for an instance gets it, held or not. */
  hasLeases = true
  private readonly snapshots = new Map<string, Snapshot>()
  private readonly leases = new Map<string, number>()
  private readonly definitions = new Map<string, StoredDefinition[]>()
  private readonly drafts = new Map<string, Draft>()
  private readonly settings = new Map<string, string>()

  append(turn: Turn): CommitOutcome {
    const turns = this.log.get(turn.instanceId)
    if (!turns) {
      this.log.set(turn.instanceId, [turn])
      return 'won'
    }
    const there = turns.find((other) => other.turn === turn.turn)
    if (there) return isSameTurn(there, turn) ? 'won' : 'lost'
    turns.push(turn)
    turns.sort((a, b) => a.turn - b.turn)
    return 'won'
  }

  readTurns(instanceId: string, afterTurn: number, limit: number): readonly Turn[] {
    return (this.log.get(instanceId) ?? []).filter(({ turn }) => turn > afterTurn).slice(0, limit)
  }

  readEvents(instanceId: string, executionId: string, afterSeq: number, limit: number): readonly Turn[] {
    const turns = this.log.get(instanceId) ?? []
    return turns
      .filter((turn) => turn.executionId === executionId && turn.firstSeq + turn.count > afterSeq + 1)
      .slice(0, limit)
  }

  dropTurns(instanceId: string, throughTurn: number): void {
    const turns = this.log.get(instanceId)
    if (turns)
      this.log.set(
        instanceId,
        turns.filter(({ turn }) => turn === 1 || turn > throughTurn),
      )
  }

  putSnapshot(snapshot: Snapshot): void {
    if (this.log.has(snapshot.instanceId)) this.snapshots.set(snapshot.instanceId, snapshot)
  }

  getSnapshot(instanceId: string): Snapshot | null {
    return this.snapshots.get(instanceId) ?? null
  }

  project(row: InstanceRow): void {
    const there = this.rows.get(row.instanceId)
    if (there ? there.turn > row.turn : !this.log.has(row.instanceId)) return
    this.rows.set(row.instanceId, row)
  }

  listInstances(filter: InstanceFilter, { limit, cursor }: PageRequest): Page<InstanceRow> {
    const after = decodeCursor('instances', cursor)
    const matching = [...this.rows.values()]
      .filter((row) => matches(row, filter))
      .sort(newestFirst)
      .filter(
        (row) => after === null || newestFirst({ createdAt: Number(after[0]), instanceId: String(after[1]) }, row) < 0,
      )
    return pageOf(matching, limit, (row) => encodeCursor('instances', [row.createdAt, row.instanceId]))
  }

  countInstances(definition: string | undefined): readonly InstanceCount[] {
    const counts = new Map<string, InstanceCount>()
    for (const row of this.rows.values()) {
      if (definition !== undefined && row.definition !== definition) continue
      const key = JSON.stringify([row.definition, row.version, row.status])
      const { version, status } = row
      counts.set(key, { definition: row.definition, version, status, count: (counts.get(key)?.count ?? 0) + 1 })
    }
    return [...counts.values()]
  }

  findByCorrelationKey(key: string): readonly string[] {
    return [...this.rows.values()]
      .filter((row) => row.correlationKeys.includes(key) && !isFinished(row))
      .sort(newestFirst)
      .reverse()
      .map(({ instanceId }) => instanceId)
  }

  purge(instanceIds: readonly string[]): number {
    let purged = 0
    for (const id of new Set(instanceIds)) {
      const row = this.rows.get(id)
      if (!row || !isFinished(row)) continue
      purged += 1
      this.rows.delete(id)
      this.log.delete(id)
      this.snapshots.delete(id)
      for (const message of this.inbox.values()) if (message.instanceId === id) this.removeMessages([message.id])
    }
    return purged
  }

  renewLease(engineId: string, leaseMs: number, now: number): boolean {
    const until = this.leases.get(engineId)
    const hadRunOut = this.hasLeases && until !== undefined && until <= now
    if (hadRunOut) this.free((owner) => owner === engineId)
    this.leases.set(engineId, now + leaseMs)
    return !hadRunOut
  }

  releaseLease(engineId: string): void {
    this.free((owner) => owner === engineId)
    this.leases.delete(engineId)
  }

  claimDue(engineId: string, limit: number, now: number): readonly InstanceRow[] {
    this.free((owner) => owner !== engineId && !this.isLive(owner, now))
    return [...this.rows.values()]
      .filter((row) => row.owner === null && row.dueAt !== null && row.dueAt <= now && !isFinished(row))
      .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
      .slice(0, limit)
      .map((row) => this.take(engineId, row))
  }

  claim(engineId: string, instanceId: string, now: number): InstanceRow | null {
    const row = this.rows.get(instanceId)
    if (!row || isFinished(row)) return null
    if (row.owner === engineId) return row
    return row.owner !== null && this.isLive(row.owner, now) ? null : this.take(engineId, row)
  }

  nextDue(): number | null {
    let next: number | null = null
    for (const row of this.rows.values())
      if (row.owner === null && row.dueAt !== null && !isFinished(row) && (next === null || row.dueAt < next))
        next = row.dueAt
    return next
  }

  /** A row that was owned may lag behind its log, so somebody must look at it at once: it is due since ever. */
  free(which: (owner: string) => boolean): void {
    for (const row of this.rows.values())
      if (row.owner !== null && which(row.owner)) this.rows.set(row.instanceId, { ...row, owner: null, dueAt: 0 })
  }

  private isLive(engineId: string, now: number): boolean {
    return this.hasLeases && (this.leases.get(engineId) ?? 0) > now
  }

  private take(engineId: string, row: InstanceRow): InstanceRow {
    const taken = { ...row, owner: engineId }
    this.rows.set(row.instanceId, taken)
    return taken
  }

  putMessage(message: InboxMessage): 'stored' | 'duplicate' {
    if (this.inbox.has(message.id)) return 'duplicate'
    this.inbox.set(message.id, message)
    this.arrived += 1
    this.arrivals.set(message.id, this.arrived)
    return 'stored'
  }

  readMessages(instanceId: string, limit: number): readonly InboxMessage[] {
    return [...this.inbox.values()].filter((message) => message.instanceId === instanceId).slice(0, limit)
  }

  pendingMessages(engineId: string, { limit, cursor = null }: PageRequest): Page<InboxMessage> {
    const isOurs = (owner: string | null | undefined) => owner === undefined || owner === null || owner === engineId
    const isLate = ({ kind, instanceId }: InboxMessage) =>
      kind === 'event' && this.rows.get(instanceId)?.status === 'Failed'
    const after = Number(cursor ?? 0)
    const found = [...this.inbox.values()].filter(
      (message) =>
        (this.arrivals.get(message.id) ?? 0) > after &&
        isOurs(this.rows.get(message.instanceId)?.owner) &&
        !isLate(message),
    )
    const items = found.slice(0, limit)
    return { items, next: items.length < limit ? null : String(this.arrivals.get(items.at(-1)?.id ?? '')) }
  }

  readdress(id: string, from: string, to: string): boolean {
    const message = this.inbox.get(id)
    if (message?.instanceId !== from) return false
    this.inbox.set(id, { ...message, instanceId: to })
    return true
  }

  removeMessages(ids: readonly string[]): void {
    for (const id of ids) {
      this.inbox.delete(id)
      this.arrivals.delete(id)
    }
  }

  putDefinition(definition: NewDefinition): { readonly version: number; readonly created: boolean } {
    const versions = this.definitions.get(definition.name) ?? []
    const latest = versions.at(-1)
    if (latest?.hash === definition.hash) return { version: latest.version, created: false }
    const version = versions.length + 1
    this.definitions.set(definition.name, [...versions, { ...definition, version }])
    return { version, created: true }
  }

  getDefinition(name: string, version?: number): StoredDefinition | null {
    return this.definitions.get(name)?.at(version === undefined ? -1 : version - 1) ?? null
  }

  listDefinitions({ limit, cursor }: PageRequest): Page<StoredDefinition & { readonly versions: number }> {
    const after = decodeCursor('definitions', cursor)
    const latest = [...this.definitions.values()].flatMap((versions) => {
      const last = versions.at(-1)
      return last && (after === null || last.name > String(after[0])) ? [{ ...last, versions: versions.length }] : []
    })
    latest.sort((a, b) => (a.name < b.name ? -1 : 1))
    return pageOf(latest, limit, ({ name }) => encodeCursor('definitions', [name]))
  }

  listVersions(name: string, { limit, cursor }: PageRequest): Page<StoredDefinition> {
    const before = decodeCursor('versions', cursor)
    const versions = (this.definitions.get(name) ?? []).filter(
      ({ version }) => before === null || version < Number(before[0]),
    )
    return pageOf(versions.reverse(), limit, ({ version }) => encodeCursor('versions', [version]))
  }

  getDraft(name: string): Draft | null {
    return this.drafts.get(name) ?? null
  }

  listDrafts(): readonly Omit<Draft, 'documentJson'>[] {
    return [...this.drafts.values()]
      .map(({ documentJson: _, ...draft }) => draft)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  putDraft(name: string, documentJson: string, expectedRevision: number | null, updatedAt: number): DraftOutcome {
    const current = this.getDraft(name)
    if ((current?.revision ?? null) !== expectedRevision) return { saved: false, current }
    const draft = { name, revision: (expectedRevision ?? 0) + 1, documentJson, updatedAt }
    this.drafts.set(name, draft)
    return { saved: true, draft }
  }

  deleteDraft(name: string): boolean {
    return this.drafts.delete(name)
  }

  getSetting(name: string): string | undefined {
    return this.settings.get(name)
  }

  putSetting(name: string, valueJson: string): void {
    this.settings.set(name, valueJson)
  }
}

type Place = Pick<InstanceRow, 'createdAt' | 'instanceId'>

const newestFirst = (a: Place, b: Place): number =>
  b.createdAt - a.createdAt || (a.instanceId < b.instanceId ? 1 : a.instanceId > b.instanceId ? -1 : 0)

const matches = (row: InstanceRow, filter: InstanceFilter): boolean =>
  (filter.definition === undefined || row.definition === filter.definition) &&
  (filter.version === undefined || row.version === filter.version) &&
  (filter.statuses === undefined || filter.statuses.includes(row.status)) &&
  (filter.idPrefix === undefined || row.instanceId.startsWith(filter.idPrefix)) &&
  (filter.createdFrom === undefined || row.createdAt >= filter.createdFrom) &&
  (filter.createdTo === undefined || row.createdAt < filter.createdTo) &&
  (filter.parentId === undefined || row.parentId === filter.parentId)

function pageOf<T>(items: readonly T[], limit: number, cursorOf: (last: T) => string): Page<T> {
  const shown = items.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown, next: items.length > limit && last !== undefined ? cursorOf(last) : null }
}
