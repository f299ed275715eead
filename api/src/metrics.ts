// What /metrics tells. The engine counts for itself; its figures are copied when somebody asks.
import type { Engine } from '@durable-canvas/interpreter'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  observeRequest(method: string, route: string, status: number, seconds: number): void
  streamOpened(): void
  streamClosed(): void
  text(): Promise<string>
  readonly contentType: string
}

/** Counting instances reads the database, so a scraper gets figures that may be this old. */
const countsMaxAgeMs = 5_000

export function createMetrics(engine: Engine): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'durable_canvas_process_' })
  const registers = [registry]
  const requests = new Histogram({
    name: 'durable_canvas_http_request_duration_seconds',
    help: 'Time until the answer was sent.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const streams = new Gauge({ name: 'durable_canvas_streams_open', help: 'Event streams that are open.', registers })
  addEngineMetrics(engine, registers)
  addInstanceCounts(engine, registers)
  return {
    observeRequest: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    streamOpened: () => streams.inc(),
    streamClosed: () => streams.dec(),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

function addEngineMetrics(engine: Engine, registers: Registry[]): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `durable_canvas_${name}`,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  const counter = (name: string, help: string, read: () => number) =>
    new Counter({
      name: `durable_canvas_${name}_total`,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(read())
      },
    })
  gauge('instances_in_memory', 'Instances whose state this engine holds.', () => engine.metrics().instancesInMemory)
  gauge('activities_running', 'Activity attempts that run in this process.', () => engine.metrics().activitiesRunning)
  gauge('activities_queued', 'Activity attempts that wait for a free place.', () => engine.metrics().activitiesQueued)
  counter('turns', 'Turns made since the start.', () => engine.metrics().turns)
  counter('events', 'Events recorded since the start.', () => engine.metrics().events)
  counter('activity_attempts', 'Activity attempts begun since the start.', () => engine.metrics().activityAttempts)
  counter('activity_failures', 'Activity attempts failed since the start.', () => engine.metrics().activityFailures)
  counter('instances_started', 'Instances started since the start.', () => engine.metrics().started)
  new Counter({
    name: 'durable_canvas_instances_finished_total',
    help: 'Instances finished since the start, by outcome.',
    labelNames: ['outcome'],
    registers,
    collect() {
      const { completed, failed, terminated } = engine.metrics()
      this.reset()
      this.inc({ outcome: 'completed' }, completed)
      this.inc({ outcome: 'failed' }, failed)
      this.inc({ outcome: 'terminated' }, terminated)
    },
  })
}

function addInstanceCounts(engine: Engine, registers: Registry[]): void {
  let countedAt = 0
  new Gauge({
    name: 'durable_canvas_instances',
    help: 'Instances in the store, by status.',
    labelNames: ['status'],
    registers,
    async collect() {
      if (Date.now() - countedAt < countsMaxAgeMs) return
      const counts = await engine.count().catch(() => null)
      // The store is away; /readyz says so, and the other figures stay of use.
      if (counts === null) return
      countedAt = Date.now()
      this.reset()
      for (const { status, count } of counts) this.inc({ status }, count)
    },
  })
}
