// The one suite that every store passes: what store.ts promises, said in tests.
// A store's own test file makes stores for it and adds what only that store promises.
import type { Json } from '@durable-canvas/schema'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type Commit,
  type InboxMessage,
  type InstanceRow,
  InvalidCursor,
  type NewDefinition,
  type Page,
  type PageRequest,
  type Turn,
  type WorkflowStore,
} from './store.ts'

export interface StoreUnderTest {
  readonly store: WorkflowStore
  /** Closes the store if it is open and opens the same data again. Left out by a store that forgets when it is closed. */
  readonly reopen?: () => Promise<WorkflowStore>
  /** Another process's view of the same data. Left out by an exclusive store. */
  readonly second?: () => Promise<WorkflowStore>
  /** Closes whatever is open and removes the data. */
  readonly dispose: () => Promise<void>
}

type Make = () => Promise<StoreUnderTest>

const T0 = Date.UTC(2030, 0, 1)
const HOUR = 3_600_000
const LONG_LEASE = 60_000

/** Texts on which encodings, query languages and object keys have stumbled. */
const AWKWARD_TEXTS = {
  'emoji and accents': JSON.stringify(['👩‍👩‍👧‍👦', 'naïve', '日本語', '\u{1F600}', 'é', 'e\u0301']),
  'dollars and dots as keys': JSON.stringify({ $set: { 'a.b': 1 }, '$a.$b': [{ $gt: '' }], '': null, '.': '$' }),
  'a key named __proto__': '{"__proto__":{"polluted":true},"constructor":{"prototype":1},"b":2,"a":1}',
  'control characters and quotes': JSON.stringify('\u0000\u0001\u001f\u007f\u2028\u2029\'"`\\;--\r\n\ud800'),
  'numbers and white space as written': '[1.0, 1e3,  -0, 12345678901234567890, 0.1]\n',
  'one megabyte': JSON.stringify('x€'.repeat(262_144)),
}

const AWKWARD_IDS = [
  'a',
  'a:1',
  'a:1:1',
  'a/b?c#d',
  '$where',
  'x.y.z',
  "o'brien",
  '%',
  '_',
  '*[a]',
  '日本',
  '👍',
  '__proto__',
  'A',
]

let counter = 0
const unique = (stem: string) => `${stem}-${++counter}`
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

function turnOf(instanceId: string, turn: number, more: Partial<Turn> = {}): Turn {
  const firstSeq = (turn - 1) * 2 + 1
  const eventsJson = JSON.stringify([{ seq: firstSeq }, { seq: firstSeq + 1 }])
  return { instanceId, turn, executionId: `${instanceId}/1`, firstSeq, count: 2, at: T0 + turn, eventsJson, ...more }
}

function rowOf(instanceId: string, more: Partial<InstanceRow> = {}): InstanceRow {
  return {
    instanceId,
    executionId: `${instanceId}/1`,
    definition: 'order',
    version: 1,
    status: 'Running',
    createdAt: T0,
    updatedAt: T0 + 1,
    completedAt: null,
    turn: 1,
    baseTurn: 0,
    seq: 2,
    parentId: null,
    inputJson: '{"n":1}',
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

function messageOf(id: string, instanceId: string, more: Partial<InboxMessage> = {}): InboxMessage {
  return { id, instanceId, kind: 'event', payloadJson: `{"of":"${id}"}`, at: T0, ...more }
}

function definitionOf(name: string, hash: string, more: Partial<NewDefinition> = {}): NewDefinition {
  const definitionJson = JSON.stringify({ name, hash })
  return { name, hash, title: null, definitionJson, layoutJson: null, comment: null, deployedAt: T0, ...more }
}

/** The first turn of an instance, with its row. */
async function begin(store: WorkflowStore, instanceId: string, more: Partial<InstanceRow> = {}): Promise<InstanceRow> {
  const row = rowOf(instanceId, more)
  const turn = turnOf(instanceId, row.turn, { executionId: row.executionId })
  expect(await store.commit({ turn, row })).toBe('won')
  return row
}

async function allPages<T>(read: (page: PageRequest) => Promise<Page<T>>, limit: number): Promise<T[][]> {
  const pages: T[][] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await read({ limit, cursor })
    pages.push([...page.items])
    cursor = page.next
  } while (cursor !== null && pages.length < 1_000)
  return pages
}

const idsOf = (rows: readonly { readonly instanceId: string }[]) => rows.map((row) => row.instanceId)
const turnsOf = (turns: readonly Turn[]) => turns.map((turn) => turn.turn)
const messageIds = (messages: readonly InboxMessage[]) => messages.map((message) => message.id)
const range = (n: number) => Array.from({ length: n }, (_, i) => i)

/** A new store for each test: for promises about everything in the store. */
function newForEachTest(make: Make): () => StoreUnderTest {
  let made: StoreUnderTest
  beforeEach(async () => {
    made = await make()
  })
  afterEach(() => made.dispose())
  return () => made
}

/** One store for a group of tests, which keep out of each other's way by unique ids. */
function sharedByTests(make: Make): () => WorkflowStore {
  let made: StoreUnderTest
  beforeAll(async () => {
    made = await make()
  })
  afterAll(() => made.dispose())
  return () => made.store
}

export function describeStore(name: string, make: Make): void {
  describe(`${name} as a workflow store`, () => {
    describe('commits', () => commits(sharedByTests(make)))
    describe('what is read of the log', () => readingTheLog(sharedByTests(make)))
    describe('the projection', () => projection(sharedByTests(make)))
    describe('lists', () => lists(sharedByTests(make)))
    describe('purging', () => purging(sharedByTests(make)))
    describe('leases and claims', () => leases(sharedByTests(make)))
    describe('what is due', () => dueInstances(newForEachTest(make)))
    describe('the inbox', () => inbox(sharedByTests(make)))
    describe('what is pending', () => pendingMessages(newForEachTest(make)))
    describe('definitions', () => definitions(sharedByTests(make)))
    describe('all definitions and drafts', () => catalogue(newForEachTest(make)))
    describe('drafts', () => drafts(sharedByTests(make)))
    describe('settings', () => settings(sharedByTests(make)))
    describe('awkward texts', () => awkwardTexts(sharedByTests(make)))
    describe('closing and opening again', () => closing(newForEachTest(make)))
    describe('several processes', () => severalProcesses(newForEachTest(make)))
  })
}

function commits(at: () => WorkflowStore): void {
  it('the first to commit a turn wins it and later ones lose', async () => {
    const id = unique('race')
    expect(await at().commit({ turn: turnOf(id, 1), row: rowOf(id) })).toBe('won')
    const other: Commit = { turn: turnOf(id, 1, { eventsJson: '["other"]' }), row: rowOf(id, { inputJson: '"other"' }) }
    expect(await at().commit(other)).toBe('lost')
    expect(await at().readTurns(id)).toEqual([turnOf(id, 1)])
    expect(await at().getInstance(id)).toEqual(rowOf(id))
  })

  it('of 100 concurrent commits on one turn exactly one wins, and only what it asked for happens', async () => {
    const id = unique('race')
    const target = unique('target')
    await begin(at(), id)
    await Promise.all(range(100).map((i) => at().putMessage(messageOf(`${id}-in-${i}`, id))))
    const outcomes = await Promise.all(
      range(100).map((i) =>
        at().commit({
          turn: turnOf(id, 2, { eventsJson: `[${i}]` }),
          deliver: [messageOf(`${id}-out-${i}`, target)],
          consumed: [`${id}-in-${i}`],
        }),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1)
    const winner = outcomes.indexOf('won')
    expect((await at().readTurns(id, { afterTurn: 1 })).map((turn) => turn.eventsJson)).toEqual([`[${winner}]`])
    expect(messageIds(await at().readMessages(target))).toEqual([`${id}-out-${winner}`])
    const left = messageIds(await at().readMessages(id, 1_000))
    expect(left).toHaveLength(99)
    expect(left).not.toContain(`${id}-in-${winner}`)
  })

  it('the very same turn committed again is our own retry: it wins again and changes nothing', async () => {
    const id = unique('retry')
    const target = unique('target')
    await at().putMessage(messageOf(`${id}-in`, id))
    const commit: Commit = {
      turn: turnOf(id, 1),
      row: rowOf(id),
      deliver: [messageOf(`${id}-out`, target)],
      consumed: [`${id}-in`],
    }
    expect(await at().commit(commit)).toBe('won')
    expect(await at().commit(structuredClone(commit))).toBe('won')
    expect(await at().readTurns(id)).toHaveLength(1)
    expect(await at().readMessages(target)).toHaveLength(1)
    expect(await at().readMessages(id)).toHaveLength(0)
  })

  it('the same events at another time or of another execution are another turn', async () => {
    const id = unique('retry')
    await begin(at(), id)
    expect(await at().commit({ turn: turnOf(id, 1, { at: T0 + 77 }) })).toBe('lost')
    expect(await at().commit({ turn: turnOf(id, 1, { executionId: 'other' }) })).toBe('lost')
  })

  it('a late retry of an old turn does not take the row back', async () => {
    const id = unique('retry')
    const row = await begin(at(), id)
    await at().commit({ turn: turnOf(id, 2) })
    await at().project([{ ...row, turn: 2, status: 'Completed' }])
    expect(await at().commit({ turn: turnOf(id, 1), row })).toBe('won')
    expect((await at().getInstance(id))?.status).toBe('Completed')
  })

  it('turns count on without gaps, also past ten and a hundred', async () => {
    const id = unique('dense')
    await begin(at(), id)
    for (let turn = 2; turn <= 112; turn++) expect(await at().commit({ turn: turnOf(id, turn) })).toBe('won')
    expect(turnsOf(await at().readTurns(id))).toEqual(range(112).map((i) => i + 1))
    expect(await at().commit({ turn: turnOf(id, 112, { eventsJson: '[]' }) })).toBe('lost')
    expect(await at().commit({ turn: turnOf(id, 113) })).toBe('won')
  })

  it('the row of a first turn is there as soon as the commit has answered', async () => {
    const id = unique('first')
    const row = await begin(at(), id, {
      status: 'Pending',
      version: 3,
      parentId: 'p',
      inputJson: '[1]',
      outputJson: '2',
      failureJson: '{}',
      customStatusJson: '"s"',
      waitingForJson: '[]',
      correlationKeys: ['k1', 'k2'],
      owner: 'e1',
      dueAt: T0 + 5,
      completedAt: T0 + 9,
      baseTurn: 0,
      seq: 7,
    })
    expect(await at().getInstance(id)).toEqual(row)
    expect(idsOf((await at().listInstances({ idPrefix: id }, { limit: 5 })).items)).toEqual([id])
  })

  it('delivering is idempotent: an id that waits already is not stored twice', async () => {
    const [one, two, target] = [unique('from'), unique('from'), unique('target')]
    const message = messageOf(unique('m'), target, { payloadJson: '"first"' })
    await at().commit({ turn: turnOf(one, 1), row: rowOf(one), deliver: [message, message] })
    await at().commit({ turn: turnOf(two, 1), row: rowOf(two), deliver: [{ ...message, payloadJson: '"second"' }] })
    expect(await at().readMessages(target)).toEqual([message])
  })

  it('a turn removes the messages that it consumed and no others', async () => {
    const id = unique('consumer')
    await begin(at(), id)
    const ids = range(3).map((i) => `${id}-m${i}`)
    for (const messageId of ids) await at().putMessage(messageOf(messageId, id))
    await at().commit({ turn: turnOf(id, 2), consumed: [`${id}-m0`, `${id}-m2`, 'unknown'] })
    expect(messageIds(await at().readMessages(id))).toEqual([`${id}-m1`])
  })

  it('thousands of concurrent commits all win and are all there', { timeout: 120_000 }, async () => {
    const ids = range(1_000).map(() => unique('many'))
    const outcomes = await Promise.all(ids.map((id) => at().commit({ turn: turnOf(id, 1), row: rowOf(id) })))
    expect(new Set(outcomes)).toEqual(new Set(['won']))
    const chains = ids.map(async (id) => {
      for (const turn of [2, 3, 4]) expect(await at().commit({ turn: turnOf(id, turn) })).toBe('won')
    })
    await Promise.all(chains)
    const logs = await Promise.all(ids.map((id) => at().readTurns(id)))
    for (const [i, log] of logs.entries()) {
      expect(log).toEqual([1, 2, 3, 4].map((turn) => turnOf(ids[i] ?? '', turn)))
    }
  })
}

function readingTheLog(at: () => WorkflowStore): void {
  async function instanceOf(turns: number): Promise<string> {
    const id = unique('log')
    await begin(at(), id)
    for (let turn = 2; turn <= turns; turn++) await at().commit({ turn: turnOf(id, turn) })
    return id
  }

  it('an unknown instance has no turns', async () => {
    expect(await at().readTurns('nobody')).toEqual([])
    expect(await at().readEvents('nobody', 'nobody/1')).toEqual([])
  })

  it('turns are read in order after a turn and up to a limit', async () => {
    const id = await instanceOf(12)
    expect(turnsOf(await at().readTurns(id, { limit: 3 }))).toEqual([1, 2, 3])
    expect(turnsOf(await at().readTurns(id, { afterTurn: 8, limit: 3 }))).toEqual([9, 10, 11])
    expect(turnsOf(await at().readTurns(id, { afterTurn: 11 }))).toEqual([12])
    expect(await at().readTurns(id, { afterTurn: 12 })).toEqual([])
  })

  it('events are read from the turn that holds the next one', async () => {
    const id = await instanceOf(12) // Turn n holds the events 2n - 1 and 2n.
    expect(turnsOf(await at().readEvents(id, `${id}/1`, { limit: 2 }))).toEqual([1, 2])
    expect(turnsOf(await at().readEvents(id, `${id}/1`, { afterSeq: 4, limit: 2 }))).toEqual([3, 4])
    expect(turnsOf(await at().readEvents(id, `${id}/1`, { afterSeq: 5, limit: 2 }))).toEqual([3, 4])
    expect(turnsOf(await at().readEvents(id, `${id}/1`, { afterSeq: 17 }))).toEqual([9, 10, 11, 12])
    expect(await at().readEvents(id, `${id}/1`, { afterSeq: 24 })).toEqual([])
  })

  it('a turn without events is no obstacle to paging', async () => {
    const id = await instanceOf(1)
    await at().commit({ turn: turnOf(id, 2, { firstSeq: 3, count: 0, eventsJson: '[]' }) })
    await at().commit({ turn: turnOf(id, 3, { firstSeq: 3, count: 1 }) })
    expect(turnsOf(await at().readEvents(id, `${id}/1`, { afterSeq: 2 }))).toEqual([3])
  })

  it('executions of one instance are read apart, each numbered from 1', async () => {
    const id = await instanceOf(3)
    const next = `${id}/2`
    await at().commit({ turn: turnOf(id, 4, { executionId: next, firstSeq: 1 }) })
    await at().commit({ turn: turnOf(id, 5, { executionId: next, firstSeq: 3 }) })
    expect(turnsOf(await at().readEvents(id, `${id}/1`))).toEqual([1, 2, 3])
    expect(turnsOf(await at().readEvents(id, next))).toEqual([4, 5])
    expect(turnsOf(await at().readEvents(id, next, { afterSeq: 2 }))).toEqual([5])
    expect(turnsOf(await at().readTurns(id))).toEqual([1, 2, 3, 4, 5])
  })

  it('dropping turns forgets those and keeps the rest, and the first, so that the id stays taken', async () => {
    const id = await instanceOf(12)
    const other = await instanceOf(2)
    await at().dropTurns(id, 10)
    expect(turnsOf(await at().readTurns(id))).toEqual([1, 11, 12])
    expect(await at().commit({ turn: turnOf(id, 1, { at: T0 + 99 }) })).toBe('lost')
    expect(turnsOf(await at().readTurns(other))).toEqual([1, 2])
    expect(await at().getInstance(id)).not.toBeNull()
    expect(await at().commit({ turn: turnOf(id, 13) })).toBe('won')
  })

  it('a snapshot is replaced by the next one and belongs to its instance', async () => {
    const id = await instanceOf(1)
    expect(await at().getSnapshot(id)).toBeNull()
    const snapshot = { instanceId: id, executionId: `${id}/1`, turn: 1, stateJson: '{"a":1}' }
    await at().putSnapshot(snapshot)
    expect(await at().getSnapshot(id)).toEqual(snapshot)
    await at().putSnapshot({ ...snapshot, turn: 9, stateJson: '{"a":2}' })
    expect(await at().getSnapshot(id)).toEqual({ ...snapshot, turn: 9, stateJson: '{"a":2}' })
    expect(await at().getSnapshot(`${id}x`)).toBeNull()
  })
}

function projection(at: () => WorkflowStore): void {
  it('an unknown instance is null', async () => {
    expect(await at().getInstance('nobody')).toBeNull()
  })

  it('a row is applied if its turn is the same or later, and ignored if it is earlier', async () => {
    const id = unique('row')
    const row = await begin(at(), id)
    const later = { ...row, turn: 5, updatedAt: T0 + 5, customStatusJson: '5', version: 2 }
    await at().project([later])
    expect(await at().getInstance(id)).toEqual(later)
    await at().project([{ ...row, turn: 4, customStatusJson: '4' }])
    expect(await at().getInstance(id)).toEqual(later)
    const same = { ...later, owner: 'e1', customStatusJson: '"same"' }
    await at().project([same])
    expect(await at().getInstance(id)).toEqual(same)
  })

  it('rows of one call are applied in any order with the latest turn on top', async () => {
    const id = unique('row')
    const row = await begin(at(), id)
    await at().project([3, 7, 5].map((turn) => ({ ...row, turn })))
    expect((await at().getInstance(id))?.turn).toBe(7)
  })

  it('a row that was never written is inserted, since its log has turns', async () => {
    const id = unique('unprojected')
    await at().commit({ turn: turnOf(id, 1) })
    expect(await at().getInstance(id)).toBeNull()
    await at().project([rowOf(id)])
    expect(await at().getInstance(id)).toEqual(rowOf(id))
  })

  it('a late row never revives a purged instance', async () => {
    const id = unique('purged')
    const row = await begin(at(), id, { status: 'Completed', completedAt: T0 })
    expect(await at().purge([id])).toBe(1)
    await at().project([{ ...row, turn: 2 }])
    expect(await at().getInstance(id)).toBeNull()
    expect(idsOf((await at().listInstances({ idPrefix: id }, { limit: 5 })).items)).toEqual([])
  })

  it('hundreds of rows go in one call', async () => {
    const ids = range(300).map(() => unique('bulk'))
    const rows = await Promise.all(ids.map((id) => begin(at(), id)))
    await at().project(rows.map((row) => ({ ...row, turn: 2, status: 'Completed' as const })))
    const read = await Promise.all(ids.map((id) => at().getInstance(id)))
    expect(new Set(read.map((row) => row?.status))).toEqual(new Set(['Completed']))
    await at().project([])
  })

  it('unfinished instances are found by correlation key, oldest first', async () => {
    const key = unique('key')
    const [young, old, done, other] = [unique('k'), unique('k'), unique('k'), unique('k')]
    await begin(at(), young, { correlationKeys: [key, 'x'], createdAt: T0 + 2 })
    await begin(at(), old, { correlationKeys: ['y', key], createdAt: T0 + 1, status: 'Suspended' })
    await begin(at(), done, { correlationKeys: [key], status: 'Completed' })
    await begin(at(), other, { correlationKeys: [`${key}x`] })
    expect(await at().findByCorrelationKey(key)).toEqual([old, young])
    expect(await at().findByCorrelationKey(unique('unknown'))).toEqual([])
  })

  it('a correlation key that is no longer waited for is forgotten', async () => {
    const [before, after] = [unique('key'), unique('key')]
    const row = await begin(at(), unique('k'), { correlationKeys: [before] })
    await at().project([{ ...row, turn: 2, correlationKeys: [after, after] }])
    expect(await at().findByCorrelationKey(before)).toEqual([])
    expect(await at().findByCorrelationKey(after)).toEqual([row.instanceId])
    await at().project([{ ...row, turn: 1, correlationKeys: [before] }])
    expect(await at().findByCorrelationKey(before)).toEqual([])
    await at().project([{ ...row, turn: 3, correlationKeys: [] }])
    expect(await at().findByCorrelationKey(after)).toEqual([])
  })

  it('counts instances by definition, version and status', async () => {
    const definition = unique('counted')
    await begin(at(), unique('c'), { definition })
    await begin(at(), unique('c'), { definition })
    await begin(at(), unique('c'), { definition, version: 2 })
    await begin(at(), unique('c'), { definition, version: 2, status: 'Failed' })
    const counts = await at().countInstances({ definition })
    expect([...counts].sort((a, b) => a.version - b.version || a.status.localeCompare(b.status))).toEqual([
      { definition, version: 1, status: 'Running', count: 2 },
      { definition, version: 2, status: 'Failed', count: 1 },
      { definition, version: 2, status: 'Running', count: 1 },
    ])
    expect((await at().countInstances()).filter((count) => count.definition === definition)).toHaveLength(3)
    expect(await at().countInstances({ definition: unique('unknown') })).toEqual([])
  })

  it('a change of status moves an instance from one count to another', async () => {
    const definition = unique('counted')
    const row = await begin(at(), unique('c'), { definition })
    await at().project([{ ...row, turn: 2, status: 'Completed' }])
    expect(await at().countInstances({ definition })).toEqual([
      { definition, version: 1, status: 'Completed', count: 1 },
    ])
  })
}

function lists(at: () => WorkflowStore): void {
  const statuses = ['Pending', 'Running', 'Suspended', 'Completed', 'Failed', 'Terminated'] as const

  it('instances are listed newest first, and by id from the last where equally old', async () => {
    const definition = unique('list')
    const id = unique('same')
    await begin(at(), `${id}-b`, { definition, createdAt: T0 + 5 })
    await begin(at(), `${id}-c`, { definition, createdAt: T0 + 5 })
    await begin(at(), `${id}-a`, { definition, createdAt: T0 + 5 })
    await begin(at(), `${id}-old`, { definition, createdAt: T0 + 1 })
    await begin(at(), `${id}-new`, { definition, createdAt: T0 + 9 })
    const page = await at().listInstances({ definition }, { limit: 10 })
    expect(idsOf(page.items)).toEqual(['new', 'c', 'b', 'a', 'old'].map((end) => `${id}-${end}`))
    expect(page.next).toBeNull()
  })

  it('a list holds whole rows', async () => {
    const row = await begin(at(), unique('whole'), {
      correlationKeys: ['b', 'a'],
      inputJson: '"in"',
      outputJson: 'null',
    })
    expect((await at().listInstances({ idPrefix: row.instanceId }, { limit: 1 })).items).toEqual([row])
  })

  it('pages follow each other without a gap, and the last one says so', async () => {
    const definition = unique('paged')
    const ids = range(6).map((i) => `${definition}-${i}`)
    for (const [i, id] of ids.entries()) await begin(at(), id, { definition, createdAt: T0 + Math.floor(i / 2) })
    const pages = await allPages((page) => at().listInstances({ definition }, page), 3)
    expect(pages.map(idsOf)).toEqual([
      [`${definition}-5`, `${definition}-4`, `${definition}-3`],
      [`${definition}-2`, `${definition}-1`, `${definition}-0`],
    ])
    expect((await allPages((page) => at().listInstances({ definition }, page), 4)).map((page) => page.length)).toEqual([
      4, 2,
    ])
    expect(await at().listInstances({ definition: unique('none') }, { limit: 3 })).toEqual({ items: [], next: null })
  })

  it('instances which start or change while somebody pages neither repeat nor hide others', async () => {
    const definition = unique('moving')
    const rows: InstanceRow[] = []
    for (const i of range(6)) rows.push(await begin(at(), `${definition}-${i}`, { definition, createdAt: T0 + i }))
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Page<InstanceRow> = await at().listInstances({ definition }, { limit: 2, cursor })
      seen.push(...idsOf(page.items))
      cursor = page.next
      await begin(at(), unique(`${definition}-late`), { definition, createdAt: T0 + 100 + seen.length })
      await at().project(rows.map((row) => ({ ...row, turn: 1 + seen.length, updatedAt: T0 + 1_000 + seen.length })))
    } while (cursor !== null)
    expect(seen).toEqual([5, 4, 3, 2, 1, 0].map((i) => `${definition}-${i}`))
  })

  it('every filter selects what it says, alone and together', async () => {
    const stem = unique('filter')
    const other = unique('filter-other')
    const rows: InstanceRow[] = []
    for (const i of range(24)) {
      const row = await begin(at(), `${i % 3 === 0 ? stem : other}-${i}`, {
        definition: i % 2 === 0 ? stem : other,
        version: 1 + (i % 4),
        status: statuses[i % 6] ?? 'Running',
        createdAt: T0 + i,
        parentId: i % 5 === 0 ? stem : null,
      })
      rows.push(row)
    }
    const matching = (test: (row: InstanceRow) => boolean) => idsOf(rows.filter(test).reverse())
    const listed = async (filter: Parameters<WorkflowStore['listInstances']>[0]) =>
      idsOf((await at().listInstances(filter, { limit: 100 })).items)

    expect(await listed({ definition: stem })).toEqual(matching((row) => row.definition === stem))
    expect(await listed({ definition: stem, version: 3 })).toEqual(
      matching((row) => row.definition === stem && row.version === 3),
    )
    expect(await listed({ idPrefix: stem })).toEqual(matching((row) => row.instanceId.startsWith(stem)))
    expect(await listed({ parentId: stem })).toEqual(matching((row) => row.parentId === stem))
    for (const status of statuses) {
      expect(await listed({ idPrefix: stem, statuses: [status] })).toEqual(
        matching((row) => row.instanceId.startsWith(stem) && row.status === status),
      )
    }
    expect(await listed({ definition: other, statuses: ['Running', 'Completed', 'Terminated'] })).toEqual(
      matching((row) => row.definition === other && ['Running', 'Completed', 'Terminated'].includes(row.status)),
    )
    expect(await listed({ definition: other, statuses: [] })).toEqual([])
    expect(await listed({ definition: other, createdFrom: T0 + 5, createdTo: T0 + 15 })).toEqual(
      matching((row) => row.definition === other && row.createdAt >= T0 + 5 && row.createdAt < T0 + 15),
    )
    expect(
      await listed({
        definition: stem,
        version: 1,
        statuses: ['Pending', 'Suspended', 'Failed'],
        idPrefix: stem,
        createdFrom: T0,
        createdTo: T0 + 20,
        parentId: stem,
      }),
    ).toEqual([`${stem}-0`])
  })

  it('a filtered list is paged like any other', async () => {
    const definition = unique('filter-paged')
    for (const i of range(10)) {
      await begin(at(), `${definition}-${i}`, { definition, createdAt: T0, status: i % 2 === 0 ? 'Running' : 'Failed' })
    }
    const filter = { definition, statuses: ['Running', 'Pending'] as const, idPrefix: definition }
    const pages = await allPages((page) => at().listInstances(filter, page), 2)
    expect(pages.map(idsOf)).toEqual([
      [`${definition}-8`, `${definition}-6`],
      [`${definition}-4`, `${definition}-2`],
      [`${definition}-0`],
    ])
  })

  it('a prefix is text, not a pattern, and knows upper from lower case', async () => {
    const definition = unique('prefix')
    const ids = ['a.b', 'axb', 'a%b', 'a_b', 'A.b', 'a*b', 'a[b]', 'a\\b', '日本-1', '日本-2', '👍-1']
    for (const id of ids) await begin(at(), `${definition}${id}`, { definition })
    const listed = async (prefix: string) =>
      idsOf((await at().listInstances({ definition, idPrefix: `${definition}${prefix}` }, { limit: 100 })).items).length
    for (const prefix of ['a.', 'a%', 'a_', 'A', 'a*', 'a[', 'a\\', '日本-1', '👍'])
      expect(await listed(prefix), prefix).toBe(1)
    expect(await listed('日本')).toBe(2)
    expect(await listed('a')).toBe(7)
    expect(await listed('')).toBe(ids.length)
  })

  it('a cursor that this store did not make, or that was changed, is refused', async () => {
    const definition = unique('cursor')
    for (const i of range(3)) await begin(at(), `${definition}-${i}`, { definition })
    const { next } = await at().listInstances({ definition }, { limit: 1 })
    const cursor = next ?? ''
    expect(cursor).not.toBe('')
    const middle = Math.floor(cursor.length / 2)
    const changed = `${cursor.slice(0, middle)}${cursor[middle] === 'A' ? 'B' : 'A'}${cursor.slice(middle + 1)}`
    for (const bad of ['garbage', '{}', 'null', '!', `${cursor}AAAA`, cursor.slice(0, -4), changed]) {
      await expect(at().listInstances({ definition }, { limit: 1, cursor: bad }), bad).rejects.toThrow(InvalidCursor)
    }
    expect(idsOf((await at().listInstances({ definition }, { limit: 1, cursor })).items)).toEqual([`${definition}-1`])
  })

  it('a cursor of one kind of list is refused by another', async () => {
    const definition = unique('cursor')
    for (const i of range(2)) await begin(at(), `${definition}-${i}`, { definition })
    for (const hash of ['a', 'b']) await at().putDefinition(definitionOf(definition, hash))
    const instances = (await at().listInstances({ definition }, { limit: 1 })).next
    const versions = (await at().listVersions(definition, { limit: 1 })).next
    await expect(at().listVersions(definition, { limit: 1, cursor: instances })).rejects.toThrow(InvalidCursor)
    await expect(at().listDefinitions({ limit: 1, cursor: instances })).rejects.toThrow(InvalidCursor)
    await expect(at().listInstances({}, { limit: 1, cursor: versions })).rejects.toThrow(InvalidCursor)
  })
}

function purging(at: () => WorkflowStore): void {
  it('removes everything of finished instances, leaves the others and tells how many went', async () => {
    const ids = ['Completed', 'Failed', 'Terminated', 'Running', 'Pending', 'Suspended'].map((status) =>
      unique(`purge-${status}`),
    )
    const [completed, failed, terminated, running, pending, suspended] = ids as [
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    const key = unique('key')
    for (const id of ids) {
      const status = id.split('-')[1] as InstanceRow['status']
      await begin(at(), id, { status, correlationKeys: [key] })
      await at().commit({ turn: turnOf(id, 2) })
      await at().putSnapshot({ instanceId: id, executionId: `${id}/1`, turn: 1, stateJson: '{}' })
      await at().putMessage(messageOf(`${id}-m`, id))
    }
    expect(await at().purge([...ids, 'nobody', completed])).toBe(3)
    for (const id of [completed, failed, terminated]) {
      expect(await at().getInstance(id)).toBeNull()
      expect(await at().readTurns(id)).toEqual([])
      expect(await at().getSnapshot(id)).toBeNull()
      expect(await at().readMessages(id)).toEqual([])
    }
    for (const id of [running, pending, suspended]) {
      expect(await at().getInstance(id)).not.toBeNull()
      expect(await at().readTurns(id)).toHaveLength(2)
      expect(await at().getSnapshot(id)).not.toBeNull()
      expect(await at().readMessages(id)).toHaveLength(1)
    }
    expect([...(await at().findByCorrelationKey(key))].sort()).toEqual([running, pending, suspended].sort())
    expect(await at().purge(ids)).toBe(0)
    expect(await at().purge([])).toBe(0)
  })

  it('the id of a purged instance can be used again from turn 1', async () => {
    const id = unique('again')
    await begin(at(), id, { status: 'Completed', turn: 1 })
    await at().commit({ turn: turnOf(id, 2) })
    await at().purge([id])
    const row = await begin(at(), id, { executionId: `${id}/2` })
    expect(await at().getInstance(id)).toEqual(row)
    expect(await at().readTurns(id)).toHaveLength(1)
  })
}

function leases(at: () => WorkflowStore): void {
  const now = () => Date.now()
  /** Two engines that no other test knows, and a stem for ids. */
  const engines = () => ({ A: unique('A'), B: unique('B'), i: unique('leased') })
  /** What is claimed may hold what other tests have left. */
  const claimedBy = async (engine: string, stem: string) =>
    (await at().claimDue(engine, 1_000)).filter((row) => row.instanceId.startsWith(stem))

  it('a lease is taken by the first renewal and kept by the next ones', async () => {
    const { A, B } = engines()
    expect(await at().renewLease(A, LONG_LEASE)).toBe(true)
    expect(await at().renewLease(A, LONG_LEASE)).toBe(true)
    expect(await at().renewLease(B, LONG_LEASE)).toBe(true)
  })

  it('a lease that has run out says so once, is taken anew, and lets go of what was owned', async () => {
    const { A, B, i } = engines()
    await at().renewLease(A, 50)
    await begin(at(), i, { owner: A })
    await sleep(200)
    expect(await at().renewLease(A, LONG_LEASE)).toBe(false)
    expect(await at().renewLease(A, LONG_LEASE)).toBe(true)
    expect(idsOf(await claimedBy(B, i))).toEqual([i])
  })

  it('a lease that was given up can be taken again', async () => {
    const { A } = engines()
    await at().renewLease(A, LONG_LEASE)
    await at().releaseLease(A)
    await at().releaseLease('never held one')
    expect(await at().renewLease(A, LONG_LEASE)).toBe(true)
  })

  it('what is due and free is claimed, with the engine as its owner', async () => {
    const { A, i } = engines()
    await at().renewLease(A, LONG_LEASE)
    const due = await begin(at(), `${i}-due`, { dueAt: now() - 1_000 })
    await begin(at(), `${i}-later`, { dueAt: now() + HOUR })
    await begin(at(), `${i}-never`, { dueAt: null })
    await begin(at(), `${i}-finished`, { dueAt: now() - 1_000, status: 'Completed' })
    const claimed = await claimedBy(A, i)
    expect(claimed.map((row) => ({ ...row, dueAt: due.dueAt }))).toEqual([{ ...due, owner: A }])
    expect((await at().getInstance(`${i}-due`))?.owner).toBe(A)
    expect((await at().getInstance(`${i}-later`))?.owner).toBeNull()
    expect(await claimedBy(A, i)).toEqual([])
  })

  it('what a live engine holds is not claimed by another, due or not', async () => {
    const { A, B, i } = engines()
    await at().renewLease(A, LONG_LEASE)
    await at().renewLease(B, LONG_LEASE)
    await begin(at(), i, { owner: A, dueAt: now() - 1_000 })
    expect(await claimedBy(B, i)).toEqual([])
    expect(await at().claim(B, i)).toBeNull()
    expect((await at().getInstance(i))?.owner).toBe(A)
  })

  it('what an engine holds whose lease has run out is claimed, due or not, unless it is finished', async () => {
    const { A, B, i } = engines()
    await at().renewLease(A, 50)
    await at().renewLease(B, LONG_LEASE)
    await begin(at(), `${i}-open`, { owner: A, dueAt: null })
    await begin(at(), `${i}-done`, { owner: A, dueAt: null, status: 'Terminated' })
    await sleep(200)
    const claimed = await claimedBy(B, i)
    expect(idsOf(claimed)).toEqual([`${i}-open`])
    expect(claimed[0]?.owner).toBe(B)
  })

  it('what an engine still owned when it gave up its lease is free for others at once', async () => {
    const { A, B, i } = engines()
    await at().renewLease(A, LONG_LEASE)
    await at().renewLease(B, LONG_LEASE)
    await begin(at(), i, { owner: A })
    expect(await at().claim(B, i)).toBeNull()
    await at().releaseLease(A)
    expect(idsOf(await claimedBy(B, i))).toEqual([i])
  })

  it('engines that claim at the same time share out what is due without overlap', async () => {
    const { A, B, i } = engines()
    await at().renewLease(A, LONG_LEASE)
    await at().renewLease(B, LONG_LEASE)
    await Promise.all(range(40).map((n) => begin(at(), `${i}-${n}`, { dueAt: now() - 1_000 })))
    const claims = await Promise.all(range(10).map((n) => at().claimDue(n % 2 === 0 ? A : B, 10)))
    const taken = [...idsOf(claims.flat()), ...idsOf(await at().claimDue(A, 1_000))].filter((id) => id.startsWith(i))
    expect(new Set(taken).size).toBe(taken.length)
    expect(taken).toHaveLength(40)
  })

  it('one instance is claimed by its id, due or not', async () => {
    const { A, B, i } = engines()
    await at().renewLease(A, LONG_LEASE)
    await at().renewLease(B, LONG_LEASE)
    const row = await begin(at(), i, { dueAt: now() + HOUR })
    expect(await at().claim(A, i)).toEqual({ ...row, owner: A })
    expect(await at().claim(A, i)).toEqual({ ...row, owner: A })
    expect(await at().claim(B, i)).toBeNull()
    await at().releaseLease(A)
    expect((await at().claim(B, i))?.owner).toBe(B)
  })

  it('an unknown or finished instance is not claimed', async () => {
    const { A, i } = engines()
    await at().renewLease(A, LONG_LEASE)
    await begin(at(), i, { status: 'Failed' })
    expect(await at().claim(A, unique('nobody'))).toBeNull()
    expect(await at().claim(A, i)).toBeNull()
  })

  it('of ten engines that claim one instance exactly one gets it', async () => {
    const { i } = engines()
    await begin(at(), i)
    const ten = range(10).map(() => unique('E'))
    for (const engine of ten) await at().renewLease(engine, LONG_LEASE)
    const rows = await Promise.all(ten.map((engine) => at().claim(engine, i)))
    expect(rows.filter((row) => row !== null)).toHaveLength(1)
  })

  it('an owner gives an instance back by a row of the same turn', async () => {
    const { A, B, i } = engines()
    await at().renewLease(A, LONG_LEASE)
    await at().renewLease(B, LONG_LEASE)
    await begin(at(), i)
    const row = await at().claim(A, i)
    if (row === null) throw new Error('not claimed')
    await at().project([{ ...row, owner: null, dueAt: now() - 1_000 }])
    expect(idsOf(await claimedBy(B, i))).toEqual([i])
  })
}

function dueInstances(under: () => StoreUnderTest): void {
  const at = () => under().store

  it('no more are claimed than asked for, and the rest stays for the next', async () => {
    await at().renewLease('A', LONG_LEASE)
    for (const i of range(5)) await begin(at(), `d${i}`, { dueAt: Date.now() - 1_000 - i })
    const first = idsOf(await at().claimDue('A', 2))
    const rest = idsOf(await at().claimDue('A', 10))
    expect(first).toHaveLength(2)
    expect([...first, ...rest].sort()).toEqual(['d0', 'd1', 'd2', 'd3', 'd4'])
  })

  it('the next due time is the earliest among those that nobody holds and that are unfinished', async () => {
    expect(await at().nextDue()).toBeNull()
    await at().renewLease('A', LONG_LEASE)
    await begin(at(), 'never')
    expect(await at().nextDue()).toBeNull()
    await begin(at(), 'late', { dueAt: T0 + 300 })
    await begin(at(), 'early', { dueAt: T0 + 200 })
    await begin(at(), 'held', { dueAt: T0 + 100, owner: 'A' })
    await begin(at(), 'done', { dueAt: T0 + 50, status: 'Completed' })
    expect(await at().nextDue()).toBe(T0 + 200)
    await at().claim('A', 'early')
    expect(await at().nextDue()).toBe(T0 + 300)
  })
}

function inbox(at: () => WorkflowStore): void {
  it('messages are read whole and in order of arrival, up to a limit', async () => {
    const i = unique('i')
    const messages = ['z', 'b', 'y', 'a'].map((id, n) =>
      messageOf(`${i}-${id}`, i, { kind: (['start', 'event', 'operation', 'child'] as const)[n] ?? 'event' }),
    )
    for (const message of messages) expect(await at().putMessage(message)).toBe('stored')
    await at().putMessage(messageOf(unique('other'), unique('j')))
    expect(await at().readMessages(i)).toEqual(messages)
    expect(messageIds(await at().readMessages(i, 2))).toEqual([`${i}-z`, `${i}-b`])
    expect(await at().readMessages(unique('nobody'))).toEqual([])
  })

  it('a second message of the same id is a duplicate and changes nothing', async () => {
    const [i, j] = [unique('i'), unique('j')]
    const message = messageOf(unique('m'), i)
    expect(await at().putMessage(message)).toBe('stored')
    expect(await at().putMessage(message)).toBe('duplicate')
    expect(await at().putMessage({ ...message, instanceId: j, payloadJson: '"else"' })).toBe('duplicate')
    expect(await at().readMessages(i)).toEqual([message])
    expect(await at().readMessages(j)).toEqual([])
  })

  it('of many concurrent puts of one id exactly one is stored', async () => {
    const [m, i] = [unique('m'), unique('i')]
    const outcomes = await Promise.all(range(20).map((n) => at().putMessage(messageOf(m, i, { payloadJson: `${n}` }))))
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1)
    expect((await at().readMessages(i)).map((message) => message.payloadJson)).toEqual([
      `${outcomes.indexOf('stored')}`,
    ])
  })

  it('a message gets another address only if it still has the old one', async () => {
    const [m, key, i, j] = [unique('m'), unique('key:k'), unique('i'), unique('j')]
    const message = messageOf(m, key)
    await at().putMessage(message)
    expect(await at().readdress(m, 'elsewhere', i)).toBe(false)
    expect(await at().readdress(unique('nothing'), key, i)).toBe(false)
    expect(await at().readdress(m, key, i)).toBe(true)
    expect(await at().readdress(m, key, j)).toBe(false)
    expect(await at().readMessages(key)).toEqual([])
    expect(await at().readMessages(i)).toEqual([{ ...message, instanceId: i }])
  })

  it('of many concurrent readdressings exactly one takes effect', async () => {
    const [m, key, i] = [unique('m'), unique('key:k'), unique('i')]
    await at().putMessage(messageOf(m, key))
    const moved = await Promise.all(range(10).map((n) => at().readdress(m, key, `${i}-${n}`)))
    expect(moved.filter(Boolean)).toHaveLength(1)
    expect(await at().readMessages(`${i}-${moved.indexOf(true)}`)).toHaveLength(1)
  })

  it('removed messages are gone and unknown ids do no harm', async () => {
    const i = unique('i')
    for (const id of ['a', 'b', 'c']) await at().putMessage(messageOf(`${i}-${id}`, i))
    await at().removeMessages([`${i}-a`, `${i}-c`, unique('unknown')])
    await at().removeMessages([])
    expect(messageIds(await at().readMessages(i))).toEqual([`${i}-b`])
  })

  it('a subscriber that has left is told nothing any more', async () => {
    let told = 0
    const leave = at().subscribe(() => {
      told++
    })
    leave()
    leave()
    await at().putMessage(messageOf(unique('m'), unique('i')))
    await sleep(50)
    expect(told).toBe(0)
  })
}

function pendingMessages(under: () => StoreUnderTest): void {
  const at = () => under().store

  it('pending are the messages whose instance is unknown, free, or the own engine’s, but no events to failed ones', async () => {
    await at().renewLease('A', LONG_LEASE)
    await at().renewLease('B', LONG_LEASE)
    await begin(at(), 'mine', { owner: 'A' })
    await begin(at(), 'theirs', { owner: 'B' })
    await begin(at(), 'free')
    await begin(at(), 'finished', { status: 'Completed' })
    await begin(at(), 'failed', { status: 'Failed' })
    const targets = ['theirs', 'mine', 'unknown', 'free', 'key:order-7', 'finished', 'failed']
    for (const target of targets) await at().putMessage(messageOf(`to ${target}`, target))
    await at().putMessage({ ...messageOf('rewind', 'failed'), kind: 'operation' })
    const others = ['to unknown', 'to free', 'to key:order-7', 'to finished', 'rewind']
    const pending = async (engineId: string, page: PageRequest) => (await at().pendingMessages(engineId, page)).items
    expect(messageIds(await pending('A', { limit: 10 }))).toEqual(['to mine', ...others])
    expect(messageIds(await pending('A', { limit: 2 }))).toEqual(['to mine', 'to unknown'])
    expect(messageIds(await pending('B', { limit: 10 }))).toEqual(['to theirs', ...others])
  })

  it('pending messages come in pages, each once, also when those before have been removed', async () => {
    const sent = range(7).map((n) => `m-${n}`)
    for (const id of sent) await at().putMessage(messageOf(id, `key:${id}`))
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Page<InboxMessage> = await at().pendingMessages('A', { limit: 3, cursor })
      seen.push(...messageIds(page.items))
      await at().removeMessages(seen)
      cursor = page.next
    } while (cursor !== null)
    expect(seen).toEqual(sent)
    expect(await at().pendingMessages('A', { limit: 3 })).toEqual({ items: [], next: null })
  })
}

function definitions(at: () => WorkflowStore): void {
  it('the first is version 1, other content the next, and the latest again the same', async () => {
    const name = unique('def')
    expect(await at().putDefinition(definitionOf(name, 'h1'))).toEqual({ version: 1, created: true })
    expect(await at().putDefinition(definitionOf(name, 'h2'))).toEqual({ version: 2, created: true })
    expect(await at().putDefinition(definitionOf(name, 'h2', { comment: 'again' }))).toEqual({
      version: 2,
      created: false,
    })
    expect((await at().getDefinition(name, 2))?.comment).toBeNull()
  })

  it('older content deployed again is a new version', async () => {
    const name = unique('def')
    for (const hash of ['h1', 'h2', 'h1']) await at().putDefinition(definitionOf(name, hash))
    expect(await at().getDefinition(name)).toEqual({ ...definitionOf(name, 'h1'), version: 3 })
  })

  it('concurrent deployments get versions that are distinct and dense', async () => {
    const name = unique('def')
    const put = await Promise.all(range(20).map((i) => at().putDefinition(definitionOf(name, `h${i}`))))
    expect(put.every((outcome) => outcome.created)).toBe(true)
    expect(put.map((outcome) => outcome.version).sort((a, b) => a - b)).toEqual(range(20).map((i) => i + 1))
  })

  it('concurrent deployments of the same content make one version', async () => {
    const name = unique('def')
    const put = await Promise.all(range(10).map(() => at().putDefinition(definitionOf(name, 'same'))))
    expect(put.filter((outcome) => outcome.created)).toHaveLength(1)
    expect(new Set(put.map((outcome) => outcome.version))).toEqual(new Set([1]))
  })

  it('a definition is read whole by version, or the latest without one', async () => {
    const name = unique('def')
    const first = definitionOf(name, 'h1', {
      title: 'Order',
      layoutJson: '{"x":1}',
      comment: 'why',
      deployedAt: T0 + 1,
    })
    await at().putDefinition(first)
    await at().putDefinition(definitionOf(name, 'h2'))
    expect(await at().getDefinition(name, 1)).toEqual({ ...first, version: 1 })
    expect((await at().getDefinition(name))?.version).toBe(2)
    expect(await at().getDefinition(name, 3)).toBeNull()
    expect(await at().getDefinition(unique('unknown'))).toBeNull()
  })

  it('versions are listed newest first, in pages, past nine', async () => {
    const name = unique('def')
    for (const i of range(11)) await at().putDefinition(definitionOf(name, `h${i}`))
    const pages = await allPages((page) => at().listVersions(name, page), 4)
    expect(pages.map((page) => page.map((definition) => definition.version))).toEqual([
      [11, 10, 9, 8],
      [7, 6, 5, 4],
      [3, 2, 1],
    ])
    expect(pages[2]?.[2]).toEqual({ ...definitionOf(name, 'h0'), version: 1 })
    await expect(at().listVersions(name, { limit: 1, cursor: 'garbage' })).rejects.toThrow(InvalidCursor)
    expect(await at().listVersions(unique('unknown'), { limit: 4 })).toEqual({ items: [], next: null })
  })
}

function catalogue(under: () => StoreUnderTest): void {
  const at = () => under().store

  it('definitions are listed by name with their latest version and how many there are', async () => {
    for (const [name, hash] of [
      ['b', '1'],
      ['a', '1'],
      ['c', '1'],
      ['a', '2'],
      ['a', '3'],
      ['b', '2'],
    ] as const) {
      await at().putDefinition(definitionOf(name, hash))
    }
    const pages = await allPages((page) => at().listDefinitions(page), 2)
    expect(pages).toEqual([
      [
        { ...definitionOf('a', '3'), version: 3, versions: 3 },
        { ...definitionOf('b', '2'), version: 2, versions: 2 },
      ],
      [{ ...definitionOf('c', '1'), version: 1, versions: 1 }],
    ])
    await expect(at().listDefinitions({ limit: 1, cursor: 'garbage' })).rejects.toThrow(InvalidCursor)
  })

  it('drafts are listed by name without their documents', async () => {
    expect(await at().listDrafts()).toEqual([])
    for (const name of ['b', 'a']) await at().putDraft(name, '{}', null, T0)
    await at().putDraft('b', '{"n":2}', 1, T0 + 1)
    expect(await at().listDrafts()).toEqual([
      { name: 'a', revision: 1, updatedAt: T0 },
      { name: 'b', revision: 2, updatedAt: T0 + 1 },
    ])
  })
}

function drafts(at: () => WorkflowStore): void {
  it('a draft is saved on its current revision and counts on', async () => {
    const name = unique('draft')
    expect(await at().getDraft(name)).toBeNull()
    const first = { name, revision: 1, documentJson: '{"n":1}', updatedAt: T0 }
    expect(await at().putDraft(name, '{"n":1}', null, T0)).toEqual({ saved: true, draft: first })
    expect(await at().getDraft(name)).toEqual(first)
    const second = { name, revision: 2, documentJson: '{"n":2}', updatedAt: T0 + 1 }
    expect(await at().putDraft(name, '{"n":2}', 1, T0 + 1)).toEqual({ saved: true, draft: second })
    expect(await at().getDraft(name)).toEqual(second)
  })

  it('who saves on an outdated revision is answered with the current draft', async () => {
    const name = unique('draft')
    await at().putDraft(name, '"mine"', null, T0)
    await at().putDraft(name, '"theirs"', 1, T0 + 1)
    const current = { name, revision: 2, documentJson: '"theirs"', updatedAt: T0 + 1 }
    for (const expected of [null, 1, 3]) {
      expect(await at().putDraft(name, '"lost"', expected, T0 + 2)).toEqual({ saved: false, current })
    }
    expect(await at().getDraft(name)).toEqual(current)
  })

  it('who saves on a draft that is gone is told that there is none', async () => {
    const name = unique('draft')
    expect(await at().putDraft(name, '{}', 1, T0)).toEqual({ saved: false, current: null })
    await at().putDraft(name, '{}', null, T0)
    expect(await at().deleteDraft(name)).toBe(true)
    expect(await at().deleteDraft(name)).toBe(false)
    expect(await at().putDraft(name, '{}', 1, T0)).toEqual({ saved: false, current: null })
    expect(await at().getDraft(name)).toBeNull()
  })

  it('of concurrent saves on one revision exactly one is saved', async () => {
    const name = unique('draft')
    for (const expected of [null, 1]) {
      const outcomes = await Promise.all(range(10).map((i) => at().putDraft(name, `${i}`, expected, T0)))
      const saved = outcomes.filter((outcome) => outcome.saved)
      expect(saved).toHaveLength(1)
      const draft = await at().getDraft(name)
      expect(saved[0]).toEqual({ saved: true, draft })
      expect(outcomes.filter((outcome) => !outcome.saved)[0]).toEqual({ saved: false, current: draft })
    }
  })
}

function settings(at: () => WorkflowStore): void {
  it('a setting is unknown until it is put and is replaced by the next', async () => {
    const name = unique('setting')
    expect(await at().getSetting(name)).toBeUndefined()
    await at().putSetting(name, 'a')
    expect(await at().getSetting(name)).toBe('a')
    await at().putSetting(name, null)
    expect(await at().getSetting(name)).toBeNull()
  })

  it('any JSON value comes back as it was', async () => {
    const name = unique('setting')
    const proto: Json = JSON.parse('{"__proto__":{"x":1},"$set":{"a.b":[1,-0.5,1e300]},"":"😀"}')
    for (const value of [true, 0, '', [], {}, [null, [1]], proto] as Json[]) {
      await at().putSetting(name, value)
      expect(JSON.stringify(await at().getSetting(name))).toBe(JSON.stringify(value))
    }
  })
}

function awkwardTexts(at: () => WorkflowStore): void {
  for (const [what, text] of Object.entries(AWKWARD_TEXTS)) {
    it(`survive everywhere to the last character: ${what}`, async () => {
      const id = unique('text')
      const turn = turnOf(id, 1, { eventsJson: text })
      const row = rowOf(id, {
        inputJson: text,
        outputJson: text,
        failureJson: text,
        customStatusJson: text,
        waitingForJson: text,
      })
      const message = messageOf(`${id}-m`, id, { payloadJson: text })
      const definition = definitionOf(id, 'h', { definitionJson: text, layoutJson: text, comment: text, title: text })
      await at().commit({ turn, row, deliver: [message] })
      await at().putSnapshot({ instanceId: id, executionId: 'x', turn: 1, stateJson: text })
      await at().putDefinition(definition)
      await at().putDraft(id, text, null, T0)
      // Compared by ===, since a difference of a megabyte helps nobody.
      expect((await at().readTurns(id))[0]?.eventsJson === text).toBe(true)
      const read = await at().getInstance(id)
      for (const field of ['inputJson', 'outputJson', 'failureJson', 'customStatusJson', 'waitingForJson'] as const) {
        expect(read?.[field] === text, field).toBe(true)
      }
      expect((await at().readMessages(id))[0]?.payloadJson === text).toBe(true)
      expect((await at().getSnapshot(id))?.stateJson === text).toBe(true)
      const stored = await at().getDefinition(id)
      for (const field of ['definitionJson', 'layoutJson', 'comment', 'title'] as const) {
        expect(stored?.[field] === text, field).toBe(true)
      }
      expect((await at().getDraft(id))?.documentJson === text).toBe(true)
    })
  }

  it('are kept apart as ids, names and keys', async () => {
    const stem = unique('ids')
    for (const [i, id] of AWKWARD_IDS.entries()) {
      await begin(at(), id, { definition: stem, inputJson: `${i}`, correlationKeys: [`${stem}${id}`] })
      await at().commit({ turn: turnOf(id, 2, { eventsJson: `[${i}]` }) })
      await at().putMessage(messageOf(`${id}`, id, { payloadJson: `${i}` }))
      await at().putDefinition(definitionOf(id, `${i}`))
      await at().putDraft(id, `${i}`, null, T0)
      await at().putSetting(id, i)
    }
    for (const [i, id] of AWKWARD_IDS.entries()) {
      expect((await at().getInstance(id))?.inputJson, id).toBe(`${i}`)
      expect((await at().readTurns(id)).map((turn) => turn.eventsJson)[1], id).toBe(`[${i}]`)
      expect(await at().readTurns(id), id).toHaveLength(2)
      expect(
        (await at().readMessages(id)).map((message) => message.payloadJson),
        id,
      ).toEqual([`${i}`])
      expect(await at().findByCorrelationKey(`${stem}${id}`), id).toEqual([id])
      expect((await at().getDefinition(id))?.hash, id).toBe(`${i}`)
      expect((await at().getDraft(id))?.documentJson, id).toBe(`${i}`)
      expect(await at().getSetting(id), id).toBe(i)
    }
    const pages = await allPages((page) => at().listInstances({ definition: stem }, page), 3)
    expect(idsOf(pages.flat()).sort()).toEqual([...AWKWARD_IDS].sort())
  })
}

function closing(under: () => StoreUnderTest): void {
  it('answers a ping and describes itself without a password', async () => {
    const { store } = under()
    await store.ping()
    expect(store.description).not.toBe('')
    expect(store.description).not.toMatch(/:\/\/[^/]*@/)
  })

  it('close writes what was queued before it answers, and answers those who wait', async () => {
    const { store } = under()
    const rows = await Promise.all(range(50).map((i) => begin(store, `i${i}`)))
    const commits = range(50).map((i) => store.commit({ turn: turnOf(`i${i}`, 2) }))
    const projected = store.project(rows.map((row) => ({ ...row, turn: 2 })))
    const put = store.putMessage(messageOf('m', 'i0'))
    await store.close()
    expect(new Set(await Promise.all(commits))).toEqual(new Set(['won']))
    await projected
    expect(await put).toBe('stored')
    const again = await under().reopen?.()
    if (again === undefined) return
    for (const i of range(50)) {
      expect(await again.readTurns(`i${i}`)).toHaveLength(2)
      expect((await again.getInstance(`i${i}`))?.turn).toBe(2)
    }
    expect(await again.readMessages('i0')).toHaveLength(1)
  })

  it('closing twice is closing once, and whoever comes later is refused', async () => {
    const { store } = under()
    await Promise.all([store.close(), store.close()])
    await store.close()
    await expect(store.commit({ turn: turnOf('i', 1), row: rowOf('i') })).rejects.toThrow(Error)
    await expect(store.getInstance('i')).rejects.toThrow(Error)
    await expect(store.ping()).rejects.toThrow(Error)
  })

  it('everything is there after opening again', async ({ skip }) => {
    const { store, reopen } = under()
    if (reopen === undefined) return skip('this store forgets when it is closed')
    const row = await begin(store, 'i', { correlationKeys: ['k'], dueAt: T0 })
    await store.putMessage(messageOf('m', 'i'))
    await store.putSnapshot({ instanceId: 'i', executionId: 'i/1', turn: 1, stateJson: '{}' })
    await store.putDefinition(definitionOf('d', 'h'))
    await store.putDraft('d', '{}', null, T0)
    await store.putSetting('s', [1])
    const again = await reopen()
    expect(await again.readTurns('i')).toEqual([turnOf('i', 1)])
    expect(await again.getInstance('i')).toEqual(row)
    expect(await again.findByCorrelationKey('k')).toEqual(['i'])
    expect(await again.readMessages('i')).toEqual([messageOf('m', 'i')])
    expect((await again.getSnapshot('i'))?.stateJson).toBe('{}')
    expect((await again.getDefinition('d'))?.version).toBe(1)
    expect((await again.getDraft('d'))?.revision).toBe(1)
    expect(await again.getSetting('s')).toEqual([1])
    expect(await again.commit({ turn: turnOf('i', 1, { eventsJson: '[]' }) })).toBe('lost')
    expect(await again.commit({ turn: turnOf('i', 2) })).toBe('won')
  })
}

function severalProcesses(under: () => StoreUnderTest): void {
  it('share one log: a turn is won by one of them', async ({ skip }) => {
    const { store, second } = under()
    if (second === undefined) return skip('this store is exclusive')
    const other = await second()
    await begin(store, 'i')
    const outcomes = await Promise.all(
      range(20).map((i) => (i % 2 === 0 ? store : other).commit({ turn: turnOf('i', 2, { eventsJson: `[${i}]` }) })),
    )
    expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1)
    expect(await other.readTurns('i')).toEqual(await store.readTurns('i'))
  })

  it('see each other’s leases, rows, messages and definitions', async ({ skip }) => {
    const { store, second } = under()
    if (second === undefined) return skip('this store is exclusive')
    const other = await second()
    await store.renewLease('A', LONG_LEASE)
    await other.renewLease('B', LONG_LEASE)
    await begin(store, 'i', { owner: 'A' })
    expect(await other.claim('B', 'i')).toBeNull()
    await store.releaseLease('A')
    expect(idsOf(await other.claimDue('B', 10))).toEqual(['i'])
    expect(await other.putMessage(messageOf('m', 'i'))).toBe('stored')
    expect(await store.putMessage(messageOf('m', 'i'))).toBe('duplicate')
    const put = await Promise.all(
      range(10).map((i) => (i % 2 === 0 ? store : other).putDefinition(definitionOf('d', `h${i}`))),
    )
    expect(put.map((outcome) => outcome.version).sort((a, b) => a - b)).toEqual(range(10).map((i) => i + 1))
  })
}
