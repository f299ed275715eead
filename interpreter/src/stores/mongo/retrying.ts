// Writes ride through a fail-over or a restart of the server: they are tried again until the store's patience ends.
// Only writes that may safely happen twice come here.
import { setTimeout as sleep } from 'node:timers/promises'
import { isTransient, unavailable } from './errors.ts'

const FIRST_WAIT_MS = 20
const LONGEST_WAIT_MS = 500

/** How often and how long one piece of work has been tried. */
export class Attempts {
  readonly #giveUpAt: number
  #wait = FIRST_WAIT_MS

  constructor(patienceMs: number) {
    this.#giveUpAt = performance.now() + patienceMs
  }

  /** Waits a little longer each time. False once the patience has ended. */
  async again(): Promise<boolean> {
    if (performance.now() >= this.#giveUpAt) return false
    await sleep(this.#wait * (0.5 + Math.random()))
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS)
    return true
  }
}

export async function retrying<T>(what: string, patienceMs: number, run: () => Promise<T>): Promise<T> {
  const attempts = new Attempts(patienceMs)
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!isTransient(error)) throw error
      if (!(await attempts.again())) throw unavailable(what, error)
    }
  }
}
