// Summaries go out at once when it is quiet, and at most ten times a second when it is not: only the newest counts.
import type { InstanceSummary } from '@durable-canvas/interpreter'

const paceMs = 100

export class SummaryPace {
  readonly #send: (summary: InstanceSummary) => void
  #newest: InstanceSummary | null = null
  #sentAt = 0
  #timer: NodeJS.Timeout | null = null

  constructor(send: (summary: InstanceSummary) => void) {
    this.#send = send
  }

  offer(summary: InstanceSummary): void {
    this.#newest = summary
    this.#timer ??= setTimeout(() => this.#flush(), Math.max(0, this.#sentAt + paceMs - Date.now()))
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  #flush(): void {
    this.#timer = null
    if (!this.#newest) return
    this.#sentAt = Date.now()
    this.#send(this.#newest)
    this.#newest = null
  }
}
