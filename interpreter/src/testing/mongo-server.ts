// Finds a MongoDB for tests: the one in MONGODB_URI, else it starts one of its own from a mongod that is on this system or
// can be downloaded. A server of ours lives in a temporary folder and dies with the process that started it, however that
// process ends.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { MongoClient } from 'mongodb'

export interface MongoForTests {
  readonly uri: string
  /** Given by the environment, started from a binary on this system, or from one that was downloaded. */
  readonly kind: 'given' | 'binary' | 'download'
  stop(): Promise<void>
}

export interface FindMongoOptions {
  /** A server without a replica set, which is never the given one. Default: a replica set of one member. */
  readonly standalone?: boolean
}

export interface MongoServer {
  readonly uri: string
  readonly port: number
  /** Ends the process, and with "kill" without any warning; the data stay. */
  end(how?: 'kill'): Promise<void>
  /** Starts again on the same port with the same data. */
  restart(): Promise<void>
  /** Ends the process and removes the data. */
  stop(): Promise<void>
}

const DOWNLOAD_MS = 120_000
const READY_MS = 30_000
const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url))

/** With REQUIRE_MONGODB=1 it throws instead of telling why there is none. */
export async function findMongo(options: FindMongoOptions = {}): Promise<MongoForTests | { readonly missing: string }> {
  const given = process.env.MONGODB_URI
  if (given && options.standalone !== true) return { uri: given, kind: 'given', stop: async () => undefined }
  const found = await findBinary()
  if ('missing' in found) {
    if (process.env.REQUIRE_MONGODB === '1') throw new Error(`REQUIRE_MONGODB is set, but: ${found.missing}`)
    return found
  }
  const server = await startMongo(found.path, options)
  return { uri: server.uri, kind: found.kind, stop: server.stop }
}

/** A mongod on this system, or one that memory-server downloads. */
export async function findBinary(): Promise<
  { readonly path: string; readonly kind: 'binary' | 'download' } | { readonly missing: string }
> {
  const named = process.env.MONGOMS_SYSTEM_BINARY
  if (named && !existsSync(named)) return { missing: `MONGOMS_SYSTEM_BINARY names ${named}, which is not there.` }
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, executable('mongod')))
  const path = [named ?? '', ...onPath, join(REPOSITORY, '.cache/mongod', executable('mongod'))].find(
    (file) => file !== '' && existsSync(file),
  )
  if (path !== undefined) return { path, kind: 'binary' }
  try {
    const { MongoBinary } = await import('mongodb-memory-server-core/lib/util/MongoBinary.js')
    const late = sleep(DOWNLOAD_MS, undefined, { ref: false }).then(() => {
      throw new Error(`not finished after ${DOWNLOAD_MS / 1_000} s`)
    })
    return { path: await Promise.race([MongoBinary.getPath(), late]), kind: 'download' }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { missing: `no mongod on this system, and none could be downloaded: ${reason}` }
  }
}

export async function startMongo(binary: string, { standalone = false }: FindMongoOptions = {}): Promise<MongoServer> {
  const folder = await mkdtemp(join(tmpdir(), 'durable-canvas-mongod-'))
  const port = await freePort()
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`
  const args = ['--dbpath', folder, '--port', `${port}`, '--bind_ip', '127.0.0.1', '--wiredTigerCacheSizeGB', '0.25']
  args.push(
    '--logpath',
    join(folder, 'mongod.log'),
    '--logappend',
    '--setParameter',
    'diagnosticDataCollectionEnabled=false',
  )
  if (!standalone) args.push('--replSet', 'tests', '--oplogSize', '256')

  let running = await run(binary, args, folder)
  await untilReady(uri, running, standalone ? null : `127.0.0.1:${port}`)

  const end = (how?: 'kill') => running.end(how)
  return {
    uri,
    port,
    end,
    async restart() {
      await end()
      running = await run(binary, args, folder)
      await untilReady(uri, running, null)
    },
    async stop() {
      await running.discard()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Running {
  readonly ended: Promise<void>
  end(how?: 'kill'): Promise<void>
  /** Ends it and, where there is a shell, removes its folder even if this process ends meanwhile. */
  discard(): Promise<void>
}

// The shell waits for the server. What it forked waits for the end of the pipe from this process, also when that is killed,
// and then removes server and data.
const DIE_WITH_PARENT = `
folder=$1; shift
exec 3<&0
"$@" </dev/null >/dev/null 2>&1 &
server=$!
{ cat <&3; trap '' TERM; kill -9 $server; rm -rf "$folder"; } >/dev/null 2>&1 &
watch=$!
echo $server
wait $server
kill $watch
wait $watch
`

async function run(binary: string, args: readonly string[], folder: string): Promise<Running> {
  const hasShell = process.platform !== 'win32'
  const child = hasShell
    ? spawn('sh', ['-c', DIE_WITH_PARENT, 'sh', folder, binary, ...args], { stdio: ['pipe', 'pipe', 'ignore'] })
    : spawn(binary, args, { stdio: ['pipe', 'pipe', 'ignore'] })
  let hasEnded = false
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  }).then(() => {
    hasEnded = true
    child.stdin?.destroy()
  })
  const pid = hasShell ? await firstLine(child) : child.pid
  if (pid === undefined) throw new Error(`${binary} could not be started.`)
  letGo(child)

  async function end(how?: 'kill'): Promise<void> {
    if (hasEnded) return
    child.ref()
    process.kill(Number(pid), how === 'kill' ? 'SIGKILL' : 'SIGTERM')
    await ended
  }

  return {
    ended,
    end,
    async discard() {
      if (!hasShell) return end('kill')
      child.ref()
      child.stdin?.end()
      await ended
    },
  }
}

function firstLine(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve) => {
    child.stdout?.once('data', (line: Buffer) => resolve(Number(line.toString())))
    child.once('error', () => resolve(undefined))
    child.once('exit', () => resolve(undefined))
  })
}

/** This process may end while the server runs. */
function letGo(child: ChildProcess): void {
  child.unref()
  for (const stream of [child.stdin, child.stdout]) {
    if (stream !== null && 'unref' in stream && typeof stream.unref === 'function') stream.unref()
  }
}

async function untilReady(uri: string, running: Running, initiate: string | null): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: READY_MS })
  const admin = client.db('admin')
  const giveUpAt = Date.now() + READY_MS
  try {
    if (initiate !== null) {
      const members = [{ _id: 0, host: initiate }]
      await withoutWaiting(running, admin.command({ replSetInitiate: { _id: 'tests', members } }))
    }
    while (!(await withoutWaiting(running, admin.command({ hello: 1 }))).isWritablePrimary) {
      if (Date.now() > giveUpAt) throw new Error(`mongod was not ready after ${READY_MS / 1_000} s.`)
      await sleep(30)
    }
  } finally {
    await client.close()
  }
}

function withoutWaiting<T>(running: Running, work: Promise<T>): Promise<T> {
  const ended = running.ended.then(() => {
    throw new Error('mongod ended as soon as it was started; does it fit this system?')
  })
  return Promise.race([work, ended])
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

function executable(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name
}
