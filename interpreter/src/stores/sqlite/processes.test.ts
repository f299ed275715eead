import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreLocked } from '../store.ts'
import { loadDriver } from './driver.ts'
import { sqliteStore } from './index.ts'

const FIXTURE = fileURLToPath(new URL('./child-process.fixture.ts', import.meta.url))

let folder: string
let file: string
const children: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-store-'))
  file = join(folder, 'store.db')
})

afterEach(async () => {
  for (const child of children.splice(0)) await killed(child)
  await rm(folder, { recursive: true })
})

interface Child {
  readonly process: ChildProcess
  /** Lines as they come; the last ends with the process. */
  readonly lines: AsyncIterator<string>
}

function start(...parameters: string[]): Child {
  const arguments_ = ['--conditions=@durable-canvas/source', '--import', 'tsx', FIXTURE, ...parameters]
  const child = spawn(process.execPath, arguments_, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  return { process: child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await exit
}

describe('SIGKILL in the middle of writing', () => {
  it('loses nothing that was acknowledged and leaves the file whole, five times', { timeout: 120_000 }, async () => {
    const acknowledged = new Map<string, number>()
    for (let round = 1; round <= 5; round++) {
      const { process: child, lines } = start('commit', file)
      expect((await lines.next()).value).toBe('open')
      for (let seen = 0; seen < 150 + 37 * round; seen++) note(acknowledged, (await lines.next()).value)
      child.kill('SIGKILL')
      // What the pipe still holds was acknowledged too.
      for (let line = await lines.next(); line.done !== true; line = await lines.next()) note(acknowledged, line.value)
    }

    const { DatabaseSync } = await loadDriver()
    const db = new DatabaseSync(file)
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
    db.close()
    const store = await sqliteStore({ file })
    expect(acknowledged.size).toBe(8)
    for (const [instanceId, last] of acknowledged) {
      const turns = await store.readTurns(instanceId, { limit: 1_000_000 })
      expect(turns.length).toBeGreaterThanOrEqual(last)
      expect(turns.map((turn) => turn.turn)).toEqual(turns.map((_, i) => i + 1))
      // A turn and what it asks for are one: exactly the last turn's message waits.
      expect((await store.readMessages(instanceId)).map((message) => message.id)).toEqual([
        `${instanceId}:${turns.length}`,
      ])
    }
    await store.close()
  })

  function note(acknowledged: Map<string, number>, line: string): void {
    const [outcome, instanceId = '', turn] = line.split(' ')
    expect(outcome).toBe('won')
    expect(Number(turn)).toBeGreaterThan(acknowledged.get(instanceId) ?? 0)
    acknowledged.set(instanceId, Number(turn))
  }
})

describe('one process per file', () => {
  it('a second process is refused within a second by an error that names the file', { timeout: 60_000 }, async () => {
    const first = start('open', file)
    expect((await first.lines.next()).value).toBe('open')
    const begin = performance.now()
    const error = await sqliteStore({ file }).catch((thrown: unknown) => thrown)
    // Besides the half second in which the store waits for a process that is ending, a thread has to start.
    expect(performance.now() - begin).toBeLessThan(5_000)
    expect(error).toBeInstanceOf(StoreLocked)
    expect(String(error)).toContain(file)

    await killed(first.process)
    const store = await sqliteStore({ file })
    await store.ping()
    await store.close()
  })

  it('a second store in the same process is refused, also by another path, until the first is closed', async () => {
    const store = await sqliteStore({ file })
    await expect(sqliteStore({ file })).rejects.toThrow(StoreLocked)
    await symlink(file, join(folder, 'link.db'))
    await expect(sqliteStore({ file: join(folder, 'link.db') })).rejects.toThrow(StoreLocked)
    await store.close()
    const again = await sqliteStore({ file: join(folder, 'link.db') })
    await again.close()
  })

  it('what a former engine held can be claimed at once after opening again', async () => {
    const store = await sqliteStore({ file })
    await store.renewLease('A', 60_000)
    await store.commit({
      turn: { instanceId: 'i', turn: 1, executionId: 'x', firstSeq: 1, count: 1, at: 1, eventsJson: '[]' },
      row: {
        instanceId: 'i',
        executionId: 'x',
        definition: 'd',
        version: 1,
        status: 'Running',
        createdAt: 1,
        updatedAt: 1,
        completedAt: null,
        turn: 1,
        baseTurn: 0,
        seq: 1,
        parentId: null,
        inputJson: 'null',
        outputJson: null,
        failureJson: null,
        customStatusJson: null,
        waitingForJson: null,
        correlationKeys: [],
        owner: 'A',
        dueAt: null,
      },
    })
    await store.close()
    const again = await sqliteStore({ file })
    expect(await again.nextDue()).toBeLessThanOrEqual(Date.now())
    await again.renewLease('B', 60_000)
    expect((await again.claimDue('B', 10)).map((row) => row.instanceId)).toEqual(['i'])
    await again.close()
  })
})

it('the file and its companions are readable by their owner alone', async () => {
  const store = await sqliteStore({ file: join(folder, 'new', 'folder', 'store.db') })
  for (const end of ['', '-wal', '-shm', '-lock']) {
    expect((await stat(join(folder, 'new', 'folder', `store.db${end}`))).mode & 0o777, end).toBe(0o600)
  }
  await store.close()
})
