// What one engine holds as its store: every call takes time, and may meet one of the faults of the run. Where several engines
// share the server a commit is several writes one after the other, as on MongoDB, and a crash may come between them; with one
// engine it is one write, as in SQLite.
import type { Json } from '@durable-canvas/schema'
import type { Commit, CommitOutcome, InboxMessage, StoreSignal, WorkflowStore } from '../../stores/store.ts'
import type { MemoryDatabase } from '../memory-database.ts'
import type { Draw } from '../random-definition.ts'
import { drawFate, type Faults } from './faults.ts'
import type { Scheduler } from './scheduler.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import type { SimulatedServer } from './simulated-server.ts'
import type { Trace } from './trace.ts'

export interface SimulatedStoreOptions {
  readonly process: SimulatedProcess
  readonly server: SimulatedServer
  readonly scheduler: Scheduler
  readonly draw: Draw
  readonly trace: Trace
  /** As they are at this moment: they end before the run does. */
  readonly faults: () => Faults
  readonly isBurst: () => boolean
  readonly latency: () => number
  readonly crash: (process: SimulatedProcess) => void
}

class StoreDoesNotAnswer extends Error {
  override readonly name = 'StoreDoesNotAnswer'
}

const readLimit = 1_000
const longestLate = 5_000
const longestLag = 3_000

export function simulatedStore(options: SimulatedStoreOptions): WorkflowStore {
  const { process, server, scheduler, draw, trace, latency, crash } = options
  const isExclusive = options.faults().isExclusive

  function call<T>(what: string, isWrite: boolean, work: () => T, mayRepeat = true): Promise<T> {
    const drawn = options.isBurst() && draw.chance(0.8) ? 'refused' : drawFate(draw, options.faults(), isWrite)
    const fate = drawn === 'twice' && !mayRepeat ? 'done' : drawn
    const arrivesAnyway = !isExclusive && draw.chance(0.5)
    return new Promise((resolve, reject) => {
      const answer = (settle: () => void) => scheduler.after(latency(), () => process.whenAwake(settle))
      const fail = () => answer(() => reject(new StoreDoesNotAnswer(what)))
      const perform = (note: string): T => {
        trace.add(scheduler.now, process.name, `${what}${note}`)
        return work()
      }
      const arrive = () => {
        if (process.isDead && !arrivesAnyway) return
        switch (fate) {
          case 'refused':
            trace.add(scheduler.now, process.name, `${what} is refused`)
            return fail()
          case 'late':
            scheduler.after(draw.below(longestLate), () => perform(' comes late'))
            return fail()
          case 'answerLost':
            perform(', answer lost')
            return fail()
          case 'crashBefore':
            return crash(process)
          case 'crashAfter':
            perform(', then the crash')
            return crash(process)
          case 'twice':
            scheduler.after(draw.below(longestLate), () => perform(' a second time'))
            break
          default:
        }
        const outcome = perform('')
        answer(() => resolve(outcome))
      }
      scheduler.after(latency(), arrive)
    })
  }

  function read<T>(what: string, work: (db: MemoryDatabase) => T): Promise<T> {
    const isStale = draw.chance(options.faults().staleRead)
    const lag = draw.below(longestLag)
    return call(isStale ? `${what} stale` : what, false, () => work(isStale ? server.stale(lag) : server.truth))
  }

  const write = <T>(what: string, work: (db: MemoryDatabase, now: number) => T): Promise<T> =>
    call(what, true, () => server.change(work))

  /** A server knows a claim that is sent to it again: it answers as before. */
  const claiming = <T>(what: string, work: () => T): Promise<T> => call(what, true, work, false)

  function put(message: InboxMessage): Promise<'stored' | 'duplicate'> {
    return call(`put ${message.id}`, true, () => {
      const outcome = server.change((db) => db.putMessage(message))
      if (outcome === 'stored') server.tell(message, process)
      return outcome
    })
  }

  function commitAtOnce({ turn, row, deliver = [], consumed = [] }: Commit): Promise<CommitOutcome> {
    return call(`commit ${turn.instanceId} ${turn.turn}`, true, () => {
      const isRetry = server.truth.readTurns(turn.instanceId, turn.turn - 1, 1)[0]?.turn === turn.turn
      if (server.append(turn, process) === 'lost') return 'lost'
      if (row) server.change((db) => db.project(row))
      if (isRetry) return 'won'
      for (const message of deliver) server.change((db) => db.putMessage(message))
      server.change((db) => db.removeMessages(consumed))
      for (const message of deliver) server.tell(message, process)
      return 'won'
    })
  }

  async function commitInSteps({ turn, row, deliver = [], consumed = [] }: Commit): Promise<CommitOutcome> {
    const what = `${turn.instanceId} ${turn.turn}`
    if ((await call(`append ${what}`, true, () => server.append(turn, process))) === 'lost') return 'lost'
    const follows: Promise<unknown>[] = deliver.map(put)
    if (row) follows.push(write(`row ${what}`, (db) => db.project(row)))
    await Promise.all(follows)
    if (consumed.length > 0) process.after(draw.below(50), () => removeLater(consumed))
    return 'won'
  }

  function removeLater(ids: readonly string[]): void {
    write('remove', (db) => db.removeMessages(ids)).catch(() => process.after(1_000, () => removeLater(ids)))
  }

  return {
    description: 'simulated',
    exclusive: isExclusive,
    commit: isExclusive ? commitAtOnce : commitInSteps,
    readTurns: (id, { afterTurn = 0, limit = readLimit } = {}) =>
      read(`readTurns ${id}`, (db) => db.readTurns(id, afterTurn, limit)),
    readEvents: (id, executionId, { afterSeq = 0, limit = readLimit } = {}) =>
      read(`readEvents ${id}`, (db) => db.readEvents(id, executionId, afterSeq, limit)),
    dropTurns: (id, throughTurn) =>
      call(`dropTurns ${id} ${throughTurn}`, true, () => server.dropTurns(id, throughTurn)),
    putSnapshot: (snapshot) => write(`snapshot ${snapshot.instanceId}`, (db) => db.putSnapshot(snapshot)),
    getSnapshot: (id) => read(`getSnapshot ${id}`, (db) => db.getSnapshot(id)),
    project: (rows) =>
      write(`project ${rows.map((row) => `${row.instanceId}:${row.turn}:${row.owner}`).join(' ')}`, (db) => {
        for (const row of rows) db.project(row)
      }),
    getInstance: (id) => read(`getInstance ${id}`, (db) => db.rows.get(id) ?? null),
    listInstances: (filter, page) => read('list', (db) => db.listInstances(filter, page)),
    countInstances: (filter) => read('count', (db) => db.countInstances(filter?.definition)),
    findByCorrelationKey: (key) => read(`find ${key}`, (db) => db.findByCorrelationKey(key)),
    purge: (ids) => write(`purge ${ids.join(' ')}`, (db) => db.purge(ids)),
    renewLease: (engineId, ms) => write('renewLease', (db, now) => db.renewLease(engineId, ms, now)),
    releaseLease: (engineId) => write('releaseLease', (db) => db.releaseLease(engineId)),
    claimDue: (engineId, limit) =>
      claiming('claimDue', () => {
        const rows = server.change((db, now) => db.claimDue(engineId, limit, now))
        for (const row of rows) trace.add(scheduler.now, process.name, `claims ${row.instanceId}`)
        return rows
      }),
    claim: (engineId, id) => claiming(`claim ${id}`, () => server.change((db, now) => db.claim(engineId, id, now))),
    nextDue: () => read('nextDue', (db) => db.nextDue()),
    putMessage: put,
    readMessages: (id, limit = readLimit) => read(`readMessages ${id}`, (db) => db.readMessages(id, limit)),
    pendingMessages: (engineId, page) => read('pendingMessages', (db) => db.pendingMessages(engineId, page)),
    readdress: (id, from, to) => write(`readdress ${id} ${to}`, (db) => db.readdress(id, from, to)),
    removeMessages: (ids) => write(`remove ${ids.join(' ')}`, (db) => db.removeMessages(ids)),
    subscribe(listener) {
      const subscriber = { process, listener: (signal: StoreSignal) => listener(signal) }
      server.subscribers.add(subscriber)
      return () => server.subscribers.delete(subscriber)
    },
    putDefinition: (definition) => write('putDefinition', (db) => db.putDefinition(definition)),
    getDefinition: (name, version) =>
      call(`getDefinition ${name}`, false, () => server.truth.getDefinition(name, version)),
    listDefinitions: (page) => read('listDefinitions', (db) => db.listDefinitions(page)),
    listVersions: (name, page) => read('listVersions', (db) => db.listVersions(name, page)),
    getDraft: (name) => read('getDraft', (db) => db.getDraft(name)),
    listDrafts: () => read('listDrafts', (db) => db.listDrafts()),
    putDraft: (name, text, expected, at) => write('putDraft', (db) => db.putDraft(name, text, expected, at)),
    deleteDraft: (name) => write('deleteDraft', (db) => db.deleteDraft(name)),
    getSetting: (name) =>
      read('getSetting', (db) => {
        const text = db.getSetting(name)
        return text === undefined ? undefined : (JSON.parse(text) as Json)
      }),
    putSetting: (name, value) => write('putSetting', (db) => db.putSetting(name, JSON.stringify(value))),
    ping: () => call('ping', false, () => undefined),
    async close() {},
  }
}
