// How much the page's main thread had to do: its CPU time, which other programs do not lengthen, and profiles, which the
// browser's developer tools open.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

export class MainThread {
  /** @type {import('@playwright/test').CDPSession} */
  #session

  /** @param {import('@playwright/test').CDPSession} session */
  constructor(session) {
    this.#session = session
  }

  /** @param {import('@playwright/test').Page} page */
  static async of(page) {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await session.send('Profiler.enable')
    await session.send('Profiler.setSamplingInterval', { interval: 200 })
    return new MainThread(session)
  }

  /**
   * Runs it; CPU milliseconds of the meantime. With a file, a profile is left there, and everything takes longer.
   * @template T
   * @param {() => Promise<T>} run
   * @param {string} [file]
   * @returns {Promise<{ result: T, cpuMs: number }>}
   */
  async during(run, file) {
    if (file !== undefined) await this.#session.send('Profiler.start')
    const before = await this.#cpuMs()
    const result = await run()
    const after = await this.#cpuMs()
    // A page that was gone to begins to count anew.
    const cpuMs = after < before ? after : after - before
    if (file !== undefined) {
      const { profile } = await this.#session.send('Profiler.stop')
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, JSON.stringify(profile))
    }
    return { result, cpuMs }
  }

  async #cpuMs() {
    const { metrics } = await this.#session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
}
