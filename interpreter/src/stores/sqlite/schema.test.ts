import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadDriver } from './driver.ts'
import { StoreFailed, sqliteStore } from './index.ts'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqlite-store-'))
  file = join(folder, 'store.db')
})
afterEach(() => rm(folder, { recursive: true }))

async function inFile(sql: string): Promise<void> {
  const { DatabaseSync } = await loadDriver()
  const db = new DatabaseSync(file)
  db.exec(sql)
  db.close()
}

it('a file of a newer version is refused and left as it is', async () => {
  await (await sqliteStore({ file })).close()
  await inFile('PRAGMA user_version = 999')
  await expect(sqliteStore({ file })).rejects.toThrow(/store\.db.*newer version.*999/s)
  await inFile('PRAGMA user_version = 1')
  await (await sqliteStore({ file })).close()
})

it('a database of another program is refused', async () => {
  await inFile('CREATE TABLE theirs (a)')
  await expect(sqliteStore({ file })).rejects.toThrow(/another program/)
})

it('a file that is no database is refused', async () => {
  await writeFile(file, 'just some text, long enough to be looked at'.repeat(50))
  await expect(sqliteStore({ file })).rejects.toThrow(StoreFailed)
})

it('a folder that cannot be made is told as such', async () => {
  await writeFile(file, '')
  await expect(sqliteStore({ file: join(file, 'below', 'store.db') })).rejects.toThrow(/ENOTDIR|EEXIST/)
})

it('an option that is none is refused', async () => {
  await expect(sqliteStore({ file: '' })).rejects.toThrow(TypeError)
  await expect(sqliteStore({ file, synchronous: 'OFF' as 'FULL' })).rejects.toThrow(/FULL or NORMAL/)
})

it('synchronous NORMAL is a store like any other', async () => {
  const store = await sqliteStore({ file, synchronous: 'NORMAL' })
  const turn = { instanceId: 'i', turn: 1, executionId: 'x', firstSeq: 1, count: 0, at: 1, eventsJson: '[]' }
  expect(await store.commit({ turn })).toBe('won')
  await store.close()
  const again = await sqliteStore({ file, synchronous: 'NORMAL' })
  expect(await again.readTurns('i')).toEqual([turn])
  await again.close()
})
