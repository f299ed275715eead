// A running server: store, engine, HTTP. It opens them in this order, closes them in the other, and leaves nothing open when a later one fails.
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Activity, createEngine, type Engine, type EngineLog } from '@durable-canvas/interpreter'
import { type Logger, pino } from 'pino'
import { loadActivities } from './activities/load-activities.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { openStore } from './open-store.ts'
import { deployExamples } from './samples/deploy-examples.ts'
import { createSamples, type Samples } from './samples/samples.ts'

export interface Server {
  readonly url: string
  readonly engine: Engine
  readonly log: Logger
  /** Answers what is under way, ends streams, gives the instances back, closes the store. Takes at most about eight seconds. */
  close(): Promise<void>
}

/** What runs on does not keep the server from ending: another one takes it over, or this one after its next start. */
const longestCloseMs = { requests: 2_000, engine: 5_000, store: 1_000 }

export async function startServer(config: Config): Promise<Server> {
  const log = pino({ level: config.logLevel }, pino.destination({ fd: 2, sync: true }))
  const samples = config.samples ? await createSamples(config.dataDir) : null
  const activities = [...(samples?.activities ?? []), ...(await loadActivities(config.activities))]
  const store = await openStore(config)
  try {
    const engine = await createEngine({ store, activities, log: engineLog(log) })
    return await serve({ config, engine, activities, samples, log })
  } catch (error) {
    await store.close()
    throw error
  }
}

interface Parts {
  readonly config: Config
  readonly engine: Engine
  readonly activities: readonly Activity[]
  readonly samples: Samples | null
  readonly log: Logger
}

async function serve({ config, engine, activities, samples, log }: Parts): Promise<Server> {
  const { host, allowedHosts, apiToken, port } = config
  const closing = new AbortController()
  try {
    if (samples) await deployExamples(engine, log)
    const http = createServer(
      createApp(engine, { host, allowedHosts, apiToken, log, samples, activities, closing: closing.signal }),
    )
    await listen(http, port, host)
    log.info({ store: engine.store.description, activities: engine.activities().length }, 'ready')
    return { url: urlOf(http, host), engine, log, close: onlyOnce(() => closeAll(http, engine, closing, log)) }
  } catch (error) {
    await engine.stop()
    throw error
  }
}

const engineLog =
  (log: Logger): EngineLog =>
  (level, message, fields) =>
    log[level](fields ?? {}, message)

function listen(http: HttpServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, host.replace(/^\[|\]$/g, ''), () => {
      http.off('error', reject)
      resolve()
    })
  })
}

function urlOf(http: HttpServer, host: string): string {
  const { port } = http.address() as AddressInfo
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`
}

async function closeAll(http: HttpServer, engine: Engine, closing: AbortController, log: Logger): Promise<void> {
  closing.abort()
  const closed = new Promise<void>((resolve) => http.close(() => resolve()))
  http.closeIdleConnections()
  await atMost(longestCloseMs.requests, closed, () => {
    log.warn('requests were still open')
    http.closeAllConnections()
  })
  await atMost(longestCloseMs.engine, engine.stop(), () => log.warn('activities were still running'))
  await atMost(longestCloseMs.store, engine.store.close(), () => log.warn('the store was still closing'))
}

async function atMost(ms: number, work: Promise<void>, late: () => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms)
  })
  if ((await Promise.race([work, over])) === 'late') late()
  clearTimeout(timer)
}

function onlyOnce(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  return () => {
    running ??= work()
    return running
  }
}
