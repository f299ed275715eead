// Keeps the samples' data in one JSON file that people may read and edit. It is read for every change, so an edit counts at once,
// and replaced as a whole, so a kill leaves the old or the new one. Changes that arrive while one is written go out together in the next.
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { initialData, type SampleData } from './sample-data.ts'

interface Change {
  apply(data: SampleData): void
  fail(error: unknown): void
  done(): void
}

/** Delays are asked for before every call; looking at the file that often would be what takes longest. */
const delaysMaxAgeMs = 100

export class SampleFile {
  readonly path: string
  #queue: Change[] = []
  #isWriting = false
  #delays: { readonly read: Promise<Record<string, number>>; readonly at: number } | null = null
  #modifiedMs = -1

  constructor(path: string) {
    this.path = path
  }

  async read(): Promise<SampleData> {
    let text: string
    try {
      text = await readFile(this.path, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return initialData()
      throw error
    }
    try {
      return { ...initialData(), ...JSON.parse(text) }
    } catch (error) {
      throw new Error(`${this.path} is not JSON: ${error instanceof Error ? error.message : error}`)
    }
  }

  /** Resolves with what `apply` gave once the file is written. What it throws changes nothing. */
  change<T>(apply: (data: SampleData) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: { value: T } | null = null
      this.#queue.push({
        apply: (data) => {
          result = { value: apply(data) }
        },
        done: () => result && resolve(result.value),
        fail: reject,
      })
      if (!this.#isWriting) void this.#writeAll()
    })
  }

  async delayOf(activity: string): Promise<number> {
    const now = Date.now()
    if (!this.#delays || now - this.#delays.at > delaysMaxAgeMs)
      this.#delays = { read: this.#readDelays(this.#delays?.read), at: now }
    const delays = await this.#delays.read
    const delay = delays[activity]
    return typeof delay === 'number' && delay > 0 ? delay : 0
  }

  async #readDelays(known: Promise<Record<string, number>> | undefined): Promise<Record<string, number>> {
    const modifiedMs = await stat(this.path).then(
      (entry) => entry.mtimeMs,
      () => 0,
    )
    if (known && modifiedMs === this.#modifiedMs) return known
    const { delays } = await this.read()
    this.#modifiedMs = modifiedMs
    return delays
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true
    while (this.#queue.length > 0) await this.#writeOnce(this.#queue.splice(0))
    this.#isWriting = false
  }

  async #writeOnce(changes: readonly Change[]): Promise<void> {
    const applied: Change[] = []
    try {
      const data = await this.read()
      for (const change of changes) if (applyOne(change, data)) applied.push(change)
      await mkdir(dirname(this.path), { recursive: true })
      await writeFile(`${this.path}.new`, `${JSON.stringify(data, null, 2)}\n`, { mode: 0o600 })
      await rename(`${this.path}.new`, this.path)
      for (const change of applied) change.done()
    } catch (error) {
      for (const change of changes) change.fail(error)
    }
  }
}

function applyOne(change: Change, data: SampleData): boolean {
  try {
    change.apply(data)
    return true
  } catch (error) {
    change.fail(error)
    return false
  }
}
