// The store's end of one worker thread. Operations that arrive while the worker is busy wait and go out together in the
// next group; the first one of a quiet moment goes out when the current microtasks are done, so that all callers woken by
// one answer travel together. Under load half of them go ahead, so that this thread and the worker work at the same time
// instead of in turns; not on a slow disk, where a commit takes longer than that wins.
// When the worker is gone, all that wait and all that come later are told so; nobody waits forever.
import { Worker } from 'node:worker_threads'
import { type Commit, type CommitOutcome, StoreLocked } from '../store.ts'
import { pushCommit } from './commit-columns.ts'
import { StoreFailed } from './store-failed.ts'
import {
  CALL,
  type CallArguments,
  type CallName,
  type CallResult,
  COMMIT,
  type Failure,
  type FromWorker,
  type ToWorker,
  type WorkerStart,
} from './worker-protocol.ts'

/** A larger group would keep the event loop busy too long with the making of one message. */
const MOST_OPERATIONS = 512
const MOST_CHARACTERS = 1_000_000

/** About what making one operation costs this thread, with what the caller does for it. */
const MILLISECONDS_OF_AN_OPERATION = 0.015

/** A commit, or a call by name. Always of the same shape, since there is one for every turn. */
interface Waiting {
  readonly commit: Commit | null
  readonly name: CallName | null
  readonly parameters: readonly unknown[]
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

const NONE: readonly unknown[] = []

export class WorkerChannel {
  readonly #worker: Worker
  readonly #file: string
  readonly ready: Promise<void>
  readonly #exit: Promise<void>
  #queue: Waiting[] = []
  /** At most two groups: the one that the worker writes and the one that it takes up next. */
  readonly #underWay: Waiting[][] = []
  /** So many are worth a group of their own while another one is under way. */
  #enough = 1
  #isFlushing = false
  #refusal: Error | null = null
  #whenIdle: (() => void) | null = null

  constructor(start: WorkerStart) {
    this.#file = start.file
    this.#worker = startWorker(start)
    this.#exit = new Promise((resolve) => this.#worker.once('exit', () => resolve()))
    this.ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: FromWorker) => {
        if (message.type === 'ready') resolve()
        else if (message.type === 'refused') {
          const error = this.#errorOf(message.failure)
          this.#fail(error)
          reject(error)
          void this.#worker.terminate()
        } else this.#answer(message)
      })
      const gone = (what: string, cause?: unknown) => {
        const error = new StoreFailed(`SQLite ${start.file}: ${what}`, { cause })
        this.#fail(error)
        reject(error)
      }
      this.#worker.on('error', (error) => gone(`the database thread failed: ${error.message}`, error))
      this.#worker.on('messageerror', (error) => gone(`an answer could not be read: ${error.message}`, error))
      this.#worker.on('exit', (code) => gone(`the database thread has ended (code ${code})`))
    })
    // Whoever does not wait for it hears of a failure from every call.
    this.ready.catch(() => {})
  }

  commit(commit: Commit): Promise<CommitOutcome> {
    return this.#enqueue(commit, null, NONE)
  }

  call<Name extends CallName>(name: Name, ...parameters: CallArguments<Name>): Promise<CallResult<Name>> {
    return this.#enqueue(null, name, parameters)
  }

  /** Does what is queued; later calls are refused. */
  async close(): Promise<void> {
    if (this.#refusal !== null) return
    this.#refusal = new StoreFailed(`SQLite ${this.#file}: the store is closed`)
    if (this.#queue.length > 0 || this.#underWay.length > 0) await new Promise<void>((idle) => (this.#whenIdle = idle))
    this.#post({ type: 'close' })
    await this.#exit
  }

  #enqueue<T>(commit: Commit | null, name: CallName | null, parameters: readonly unknown[]): Promise<T> {
    if (this.#refusal !== null) return Promise.reject(this.#refusal)
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ commit, name, parameters, resolve, reject })
      this.#flushInTime()
    })
  }

  #flushInTime(): void {
    if (this.#underWay.length < 2 && this.#queue.length >= this.#enough) return this.#flush()
    if (this.#isFlushing || this.#underWay.length > 0) return
    this.#isFlushing = true
    process.nextTick(() => {
      this.#isFlushing = false
      if (this.#underWay.length === 0) this.#flush()
    })
  }

  #flush(): void {
    if (this.#queue.length === 0) return
    const columns: unknown[] = []
    let taken = 0
    for (
      let characters = 0;
      taken < this.#queue.length && taken < MOST_OPERATIONS && characters < MOST_CHARACTERS;
      taken++
    ) {
      const operation = this.#queue[taken]
      if (operation === undefined) break
      if (operation.commit === null) columns.push(CALL, operation.name, operation.parameters)
      else {
        columns.push(COMMIT)
        pushCommit(columns, operation.commit)
        characters += operation.commit.turn.eventsJson.length
      }
    }
    const group = this.#queue.splice(0, taken)
    this.#underWay.push(group)
    try {
      this.#post({ type: 'group', columns })
    } catch (error) {
      this.#underWay.pop()
      this.#done(group, (waiting) => waiting.reject(error instanceof Error ? error : new Error(String(error))))
    }
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message)
  }

  #answer(message: Extract<FromWorker, { type: 'done' | 'failed' }>): void {
    const all = this.#queue.length + this.#underWay.reduce((sum, { length }) => sum + length, 0)
    const group = this.#underWay.shift() ?? []
    if (message.type === 'failed') {
      return this.#done(group, (waiting) => waiting.reject(this.#errorOf(message.failure)))
    }
    this.#enough = Math.max(Math.ceil(all / 2), Math.ceil(message.commitMs / MILLISECONDS_OF_AN_OPERATION))
    const failures = new Map(message.failures)
    this.#done(group, (waiting, i) => {
      const failure = failures.get(i)
      if (failure === undefined) waiting.resolve(message.results[i] as never)
      else waiting.reject(this.#errorOf(failure))
    })
  }

  #done(group: readonly Waiting[], answer: (waiting: Waiting, i: number) => void): void {
    for (let i = 0; i < group.length; i++) answer(group[i] as Waiting, i)
    if (this.#queue.length > 0) this.#flushInTime()
    else if (this.#underWay.length === 0) this.#whenIdle?.()
  }

  #fail(error: Error): void {
    const waiting = [...this.#underWay.flat(), ...this.#queue]
    this.#refusal ??= error
    this.#queue = []
    this.#underWay.length = 0
    for (const { reject } of waiting) reject(error)
    this.#whenIdle?.()
  }

  #errorOf(failure: Failure): Error {
    return failure.isLocked
      ? new StoreLocked(failure.message)
      : new StoreFailed(`SQLite ${this.#file}: ${failure.message}`)
  }
}

function startWorker(start: WorkerStart): Worker {
  const file = import.meta.url.endsWith('.ts') ? './sqlite-worker-from-source.mjs' : './sqlite-worker.js'
  // On Node 22 the built-in module announces itself as experimental each time.
  const execArgv = ['--disable-warning=ExperimentalWarning']
  return new Worker(new URL(file, import.meta.url), { workerData: start, execArgv })
}
