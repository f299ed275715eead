// Virtual time. All that waits stands in one heap, in order of time and, where two are due at once, in an order that the seed
// draws. Between two of them everything that promises have set off runs to its end; nothing else ever waits on the platform.
import type { Draw } from '../random-definition.ts'

interface Entry {
  readonly at: number
  readonly tie: number
  readonly run: () => void
  isCancelled: boolean
}

export class Scheduler {
  /** Milliseconds since the beginning of the run. */
  now = 0
  steps = 0
  private readonly draw: Draw
  private readonly heap: Entry[] = []

  constructor(draw: Draw) {
    this.draw = draw
  }

  /** Runs it after so many milliseconds; answers the way to take it back. */
  after(ms: number, run: () => void): () => void {
    const entry: Entry = { at: this.now + Math.max(0, ms), tie: this.draw.below(1_000_000), run, isCancelled: false }
    this.push(entry)
    return () => {
      entry.isCancelled = true
    }
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve))
  }

  /** Runs what is due until then, as long as nobody says to stop. */
  async run(until: number, isOver: () => boolean): Promise<void> {
    for (let entry = this.pop(until); entry; entry = this.pop(until)) {
      this.now = entry.at
      this.steps += 1
      entry.run()
      await settled()
      if (isOver()) return
    }
    this.now = Math.max(this.now, until)
  }

  private push(entry: Entry): void {
    const { heap } = this
    let index = heap.push(entry) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent] as Entry
      if (!isBefore(entry, above)) break
      heap[index] = above
      index = parent
    }
    heap[index] = entry
  }

  private pop(until: number): Entry | null {
    for (let head = this.heap[0]; head && head.at <= until; head = this.heap[0]) {
      this.removeHead()
      if (!head.isCancelled) return head
    }
    return null
  }

  private removeHead(): void {
    const { heap } = this
    const last = heap.pop() as Entry
    if (heap.length === 0) return
    let index = 0
    for (let left = 1; left < heap.length; left = 2 * index + 1) {
      const right = left + 1
      const child = right < heap.length && isBefore(heap[right] as Entry, heap[left] as Entry) ? right : left
      if (!isBefore(heap[child] as Entry, last)) break
      heap[index] = heap[child] as Entry
      index = child
    }
    heap[index] = last
  }
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.tie < b.tie)

/** The platform comes to its next macrotask only when no microtask is left. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
