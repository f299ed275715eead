// Due times of all instances in memory: a heap, and one timeout for its head. It may wake early (the clock may be set forward
// while it sleeps), never tells early, and tells of an alarm that was removed only as something to be checked.
import type { Clock } from './clock.ts'

interface Alarm {
  readonly at: number
  readonly instanceId: string
  readonly task: number
}

const longestSleepMs = 10_000

export class Alarms {
  private readonly heap: Alarm[] = []
  private readonly clock: Clock
  private readonly ring: (instanceId: string, task: number) => void
  private cancelWake: (() => void) | null = null
  private wakeAt = Number.POSITIVE_INFINITY

  constructor(clock: Clock, ring: (instanceId: string, task: number) => void) {
    this.clock = clock
    this.ring = ring
  }

  /** `at`: milliseconds since 1970. */
  set(at: number, instanceId: string, task: number): void {
    const { heap } = this
    let index = heap.length
    const alarm = { at, instanceId, task }
    heap.push(alarm)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent] as Alarm
      if (above.at <= at) break
      heap[index] = above
      index = parent
    }
    heap[index] = alarm
    if (at < this.wakeAt) this.sleep()
  }

  stop(): void {
    this.cancelWake?.()
    this.heap.length = 0
    this.wakeAt = Number.POSITIVE_INFINITY
  }

  private sleep(): void {
    this.cancelWake?.()
    this.cancelWake = null
    const head = this.heap[0]
    this.wakeAt = head?.at ?? Number.POSITIVE_INFINITY
    if (!head) return
    const sleepMs = Math.min(head.at - this.clock.now(), longestSleepMs)
    this.cancelWake = this.clock.after(sleepMs, () => this.wake())
  }

  private wake(): void {
    const now = this.clock.now()
    for (let head = this.heap[0]; head && head.at <= now; head = this.heap[0]) {
      this.removeHead()
      this.ring(head.instanceId, head.task)
    }
    this.sleep()
  }

  private removeHead(): void {
    const { heap } = this
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let index = 0
    for (;;) {
      const left = 2 * index + 1
      if (left >= heap.length) break
      const right = left + 1
      const child = right < heap.length && (heap[right] as Alarm).at < (heap[left] as Alarm).at ? right : left
      if ((heap[child] as Alarm).at >= last.at) break
      heap[index] = heap[child] as Alarm
      index = child
    }
    heap[index] = last
  }
}
