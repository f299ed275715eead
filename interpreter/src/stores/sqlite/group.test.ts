import { beforeEach, describe, expect, it } from 'vitest'
import type { Turn } from '../store.ts'
import { pushCommit } from './commit-columns.ts'
import { type Database, loadDriver } from './driver.ts'
import { type Groups, groupsOf } from './group.ts'
import { migrate } from './schema.ts'
import { CALL, COMMIT } from './worker-protocol.ts'

let db: Database
let groups: Groups

beforeEach(async () => {
  const { DatabaseSync } = await loadDriver()
  db = new DatabaseSync(':memory:')
  migrate(db)
  groups = groupsOf(db)
})

const turnOf = (instanceId: string, turn: number, eventsJson = '[]'): Turn => ({
  instanceId,
  turn,
  executionId: 'x',
  firstSeq: turn,
  count: 0,
  at: 1,
  eventsJson,
})

function commits(...turns: Turn[]): unknown[] {
  const columns: unknown[] = []
  for (const turn of turns) {
    columns.push(COMMIT)
    pushCommit(columns, { turn })
  }
  return columns
}

const done = (results: unknown[], failures: unknown[] = []) =>
  expect.objectContaining({ type: 'done', results, failures })
const turnsIn = () => (db.prepare('SELECT count(*) AS n FROM log').get() as { n: number }).n

describe('a group of operations', () => {
  it('is answered in order, lost races among won ones', () => {
    expect(groups.write(commits(turnOf('a', 1), turnOf('b', 1), turnOf('a', 1, '["late"]'), turnOf('a', 2)))).toEqual(
      done(['won', 'won', 'lost', 'won']),
    )
    expect(turnsIn()).toBe(3)
  })

  it('mixes commits with calls, which see what came before them', () => {
    const columns = [...commits(turnOf('a', 1)), CALL, 'readTurns', ['a', 0, 10], ...commits(turnOf('a', 2))]
    expect(groups.write(columns)).toEqual(done(['won', [turnOf('a', 1)], 'won']))
  })

  it('an operation that throws fails alone and the others are written', () => {
    const broken = { ...turnOf('c', 1), eventsJson: undefined } as unknown as Turn
    const answer = groups.write(commits(turnOf('a', 1), broken, turnOf('b', 1)))
    expect(answer).toEqual(
      done(['won', null, 'won'], [[1, { message: expect.stringMatching(/parameter|bound/i), isLocked: false }]]),
    )
    expect(turnsIn()).toBe(2)
    expect(groups.write(commits(turnOf('c', 1)))).toEqual(done(['won']))
  })
})

describe('a full disk', () => {
  const large = 'x'.repeat(200_000)

  it('fails the whole group, keeps what was written before, and is over when there is room again', () => {
    expect(groups.write(commits(turnOf('a', 1)))).toEqual(done(['won']))
    limitPages(20)
    const answer = groups.write(commits(turnOf('b', 1), turnOf('c', 1, large)))
    expect(answer).toEqual({ type: 'failed', failure: { message: expect.stringContaining('full'), isLocked: false } })
    expect(turnsIn()).toBe(1)
    limitPages(1_000_000)
    expect(groups.write(commits(turnOf('a', 1, '[1]'), turnOf('b', 1), turnOf('c', 1, large)))).toEqual(
      done(['lost', 'won', 'won']),
    )
    expect(turnsIn()).toBe(3)
  })

  function limitPages(more: number): void {
    const { page_count } = db.prepare('PRAGMA page_count').get() as { page_count: number }
    db.exec(`PRAGMA max_page_count = ${page_count + more}`)
  }
})
