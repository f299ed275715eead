// The HTTP server without the listening: everything a test needs to speak to it.
import { setMaxListeners } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Activity, Engine } from '@durable-canvas/interpreter'
import express, { type Express } from 'express'
import { type Logger, pino } from 'pino'
import { isLoopback } from './config.ts'
import type { Door } from './door.ts'
import { createMetrics } from './metrics.ts'
import { refuseCrossSiteWrites } from './middleware/cross-site-check.ts'
import { serveDesigner } from './middleware/designer.ts'
import { answerErrors, nothingHere } from './middleware/errors.ts'
import { checkHost } from './middleware/host-check.ts'
import { mountRoutes } from './middleware/mount-routes.ts'
import { logRequests } from './middleware/request-log.ts'
import { securityHeaders } from './middleware/security-headers.ts'
import { createTokenCheck } from './middleware/token-check.ts'
import { routes } from './routes/index.ts'
import type { Samples } from './samples/samples.ts'
import { Announcements } from './streams/announcements.ts'

export interface AppOptions {
  /** The address that will be listened on. Default 127.0.0.1. */
  readonly host?: string
  readonly allowedHosts?: readonly string[]
  readonly apiToken?: string | null
  readonly log?: Logger
  readonly samples?: Samples | null
  /** Those that the engine runs; they can be tried one by one where a token or the loopback address keeps others out. */
  readonly activities?: readonly Activity[]
  /** Where the built designer is. Default: beside this package. */
  readonly designerDir?: string
  /** Aborted when the server begins to shut down. */
  readonly closing?: AbortSignal
}

function tryableActivities({ activities = [], apiToken = null, host = '127.0.0.1' }: AppOptions) {
  const isKept = apiToken !== null || isLoopback(host)
  return new Map(isKept ? activities.map((activity) => [activity.name, activity]) : [])
}

export const designerDist = fileURLToPath(new URL('../../designer/dist', import.meta.url))

export function createApp(engine: Engine, options: AppOptions = {}): Express {
  const log = options.log ?? pino({ level: 'silent' })
  const closing = options.closing ?? new AbortController().signal
  // Every open stream listens to it.
  setMaxListeners(0, closing)
  const door: Door = {
    engine,
    log,
    metrics: createMetrics(engine),
    announcements: new Announcements(),
    closing,
    samples: options.samples ?? null,
    tryable: tryableActivities(options),
  }
  const app = express()
  app.disable('x-powered-by').disable('etag')
  app.use(logRequests(log, door.metrics))
  app.use(securityHeaders)
  app.use(checkHost({ host: options.host ?? '127.0.0.1', allowedHosts: options.allowedHosts ?? [] }))
  app.use(refuseCrossSiteWrites)
  mountRoutes(app, routes, door, createTokenCheck(options.apiToken ?? null))
  app.use(serveDesigner(options.designerDir ?? designerDist))
  app.use(nothingHere)
  app.use(answerErrors(log))
  return app
}
