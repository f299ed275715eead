// The summaries of all instances that this engine runs, what was purged, and what was deployed. A summary that has not gone
// out yet is replaced by the newer one of the same instance; if too many wait, they are forgotten and the reader is told to
// load its lists again. However many are purged at once, it is one message that names some of them.
import type { Engine, InstanceSummary, PurgedInstance } from '@durable-canvas/interpreter'
import type { Announcements, DefinitionDeployed } from './announcements.ts'
import type { EventStream } from './event-stream.ts'

const paceMs = 100
const maxWaiting = 5_000
const maxNamed = 1_000

export class AllInstancesStream {
  readonly #stream: EventStream
  readonly #definition: string | undefined
  #waiting = new Map<string, InstanceSummary>()
  #deployed: DefinitionDeployed[] = []
  #purged = new Set<string>()
  #purgedCount = 0
  #isIncomplete = false
  #timer: NodeJS.Timeout | null = null

  constructor(stream: EventStream, engine: Engine, announcements: Announcements, definition: string | undefined) {
    this.#stream = stream
    this.#definition = definition
    const stops = [
      engine.subscribe((change) => this.#take(change.summary)),
      engine.onPurged((purged) => this.#takePurged(purged)),
      announcements.subscribe((deployed) => {
        this.#deployed.push(deployed)
        this.#flushSoon()
      }),
    ]
    stream.closed.signal.addEventListener(
      'abort',
      () => {
        for (const stop of stops) stop()
        if (this.#timer) clearTimeout(this.#timer)
      },
      { once: true },
    )
  }

  #take(summary: InstanceSummary): void {
    if (this.#definition !== undefined && summary.definition !== this.#definition) return
    this.#waiting.set(summary.instanceId, summary)
    if (this.#waiting.size > maxWaiting) {
      this.#waiting.clear()
      this.#isIncomplete = true
    }
    this.#flushSoon()
  }

  #takePurged(purged: readonly PurgedInstance[]): void {
    const own = purged.filter(({ definition }) => this.#definition === undefined || definition === this.#definition)
    if (own.length === 0) return
    this.#purgedCount += own.length
    for (const { instanceId } of own) {
      this.#waiting.delete(instanceId)
      if (this.#purged.size < maxNamed) this.#purged.add(instanceId)
    }
    this.#flushSoon()
  }

  #flushSoon(): void {
    this.#timer ??= setTimeout(() => void this.#flush(), paceMs)
  }

  async #flush(): Promise<void> {
    await this.#stream.writable()
    this.#timer = null
    if (this.#stream.isClosed) return
    for (const deployed of this.#deployed.splice(0)) this.#stream.send({ event: 'definition', data: deployed })
    if (this.#purgedCount > 0)
      this.#stream.send({ event: 'purged', data: { count: this.#purgedCount, instanceIds: [...this.#purged] } })
    this.#purged.clear()
    this.#purgedCount = 0
    if (this.#isIncomplete) this.#stream.send({ event: 'reload', data: {} })
    this.#isIncomplete = false
    for (const [id, summary] of this.#waiting) {
      if (this.#stream.isBlocked) break
      this.#waiting.delete(id)
      this.#stream.send({ event: 'instance', data: summary })
    }
    if (this.#waiting.size > 0) this.#flushSoon()
  }
}
