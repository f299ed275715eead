// Messages that seem to be of no use. Where several engines share a store, what this one knows may be old, and what it removed
// from the inbox would be lost to the one that knows better. So a message has to seem useless for some time.
import type { Clock } from './clock.ts'

const forgottenAfterMs = 600_000

export class Doubts {
  private readonly clock: Clock
  /** Since when, by message id; in that order. */
  private readonly since = new Map<string, number>()

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** True: it has seemed useless for so long. */
  isSettled(id: string, ms: number): boolean {
    const now = this.clock.elapsed()
    for (const [other, since] of this.since) {
      if (now - since < forgottenAfterMs) break
      this.since.delete(other)
    }
    const since = this.since.get(id)
    if (since === undefined) this.since.set(id, now)
    return since !== undefined && now - since >= ms
  }
}
