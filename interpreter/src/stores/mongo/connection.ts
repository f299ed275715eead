// Opens the database and says what kind of MongoDB it is. The durability of every write is set here and nowhere else:
// majority and journal, whatever the address or the server's defaults ask for.
import { randomBytes } from 'node:crypto'
import { type Db, MongoClient, ReadConcern, type WriteConcernSettings } from 'mongodb'
import { messageOf, UnusableMongoUri, unavailable, withoutSecrets } from './errors.ts'

export type Topology = 'standalone' | 'replica set' | 'sharded'
export type MongoStoreLog = (level: 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void

export interface Connection {
  readonly client: MongoClient
  readonly db: Db
  readonly topology: Topology
  /** Random: tells this store's writes from those of others. */
  readonly writer: string
  readonly patienceMs: number
  readonly log: MongoStoreLog
}

export interface ConnectionOptions {
  readonly uri: string
  /** Default: the one in the address, else "durable-canvas". */
  readonly database?: string
  /** How long a write is tried again while the database cannot be reached. Default 20,000 ms. */
  readonly patienceMs?: number
  /** Told of weak settings and of work behind the scenes that failed. Default: the process's warnings. */
  readonly log?: MongoStoreLog
}

/** What makes a write durable: acknowledged by a majority of the members, from their journals. */
export const DURABLE = { w: 'majority', j: true } as const

const DEFAULT_DATABASE = 'durable-canvas'
const WAIT_MS = 5_000

export async function connect(options: ConnectionOptions): Promise<Connection> {
  const log = options.log ?? warnProcess
  const client = newClient(options.uri)
  const asked = client.options.writeConcern
  if (asked?.w === 0) {
    throw new UnusableMongoUri('The MongoDB address asks for w=0, so that no write would ever be acknowledged.')
  }
  if (isWeak(asked)) {
    log('warn', 'The MongoDB address asks for weaker writes; majority and journal are used all the same.', {
      w: asked?.w,
    })
  }
  const db = client.db(options.database ?? databaseIn(options.uri) ?? DEFAULT_DATABASE, {
    writeConcern: { w: 'majority', journal: true },
    readConcern: new ReadConcern('majority'),
    readPreference: 'primary',
  })
  try {
    await client.connect()
    const hello = await db.command({ hello: 1 })
    const topology = hello.msg === 'isdbgrid' ? 'sharded' : hello.setName === undefined ? 'standalone' : 'replica set'
    return { client, db, topology, writer: newWriter(), patienceMs: options.patienceMs ?? 20_000, log }
  } catch (error) {
    await client.close()
    throw unavailable('opening', error)
  }
}

function newClient(uri: string): MongoClient {
  const isAsked = (name: string) => new RegExp(`[?&]${name}=`, 'i').test(uri)
  const defaults = {
    appName: 'durable-canvas',
    serverSelectionTimeoutMS: WAIT_MS,
    connectTimeoutMS: WAIT_MS,
    maxPoolSize: 20,
  }
  const own = Object.fromEntries(Object.entries(defaults).filter(([name]) => !isAsked(name)))
  try {
    return new MongoClient(uri, own)
  } catch (error) {
    throw new UnusableMongoUri(`The MongoDB address cannot be used: ${withoutSecrets(messageOf(error))}`)
  }
}

function isWeak(asked: (WriteConcernSettings & { j?: boolean }) | undefined): boolean {
  if (asked === undefined) return false
  return typeof asked.w === 'number' || asked.journal === false || asked.j === false
}

function databaseIn(uri: string): string | undefined {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]*\/([^?]+)/.exec(uri)?.[1]
  return path === undefined ? undefined : decodeURIComponent(path)
}

function newWriter(): string {
  return randomBytes(9).toString('base64url')
}

function warnProcess(level: 'warn' | 'error', message: string, fields?: Record<string, unknown>): void {
  process.emitWarning(fields === undefined ? message : `${message} ${JSON.stringify(fields)}`, {
    type: `MongoStore ${level}`,
  })
}
