// What every handler may use: the engine, and the few things that this process keeps beside it.
import type { Activity, Engine } from '@durable-canvas/interpreter'
import type { Logger } from 'pino'
import type { Metrics } from './metrics.ts'
import type { Samples } from './samples/samples.ts'
import type { Announcements } from './streams/announcements.ts'

export interface Door {
  readonly engine: Engine
  readonly log: Logger
  readonly metrics: Metrics
  /** Deployments, for the streams. */
  readonly announcements: Announcements
  /** Aborted when the server begins to shut down: streams end, waits answer. */
  readonly closing: AbortSignal
  readonly samples: Samples | null
  /** Activities that an author may call by hand; none where everybody could. */
  readonly tryable: ReadonlyMap<string, Activity>
}
