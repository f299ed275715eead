// Runs attempts of activities in this process, a bounded number at a time; the others wait, higher priority first.
// It knows nothing of instances: each attempt gets an answer, once, unless it was aborted before.
import type { Failure, Json, TaskScheduled } from '@durable-canvas/schema'
import { formatInstant, parseInstant } from '@durable-canvas/schema'
import type { Clock } from '../clock.ts'
import type { EngineLog } from '../engine-types.ts'
import { plainJson } from '../json-value.ts'
import { inWords } from '../schema-compiler.ts'
import { failureOfError } from './failure-of-error.ts'
import type { ActivityRegistry, RegisteredActivity } from './registry.ts'

export interface AttemptRequest {
  readonly instanceId: string
  readonly executionId: string
  readonly task: TaskScheduled
  readonly answer: (outcome: AttemptOutcome) => void
}

export type AttemptOutcome =
  | { readonly type: 'completed'; readonly result: Json; readonly startedAt: string }
  | { readonly type: 'failed'; readonly failure: Failure; readonly startedAt?: string }

export interface Attempt {
  readonly request: AttemptRequest
  /** Milliseconds; null while it waits for its turn. */
  startedAt: number | null
  /** Nobody waits for the answer any more. */
  abort(reason: string): void
}

export interface WorkerOptions {
  readonly registry: ActivityRegistry
  readonly clock: Clock
  readonly log: EngineLog
  readonly maxConcurrent: number
  readonly maxValueBytes: number
}

export class Worker {
  readonly options: WorkerOptions
  running = 0
  attempts = 0
  failures = 0
  /** Waiting attempts by priority; within one, first come first served. */
  private readonly lanes = new Map<number, RunningAttempt[]>()
  private waiting = 0

  constructor(options: WorkerOptions) {
    this.options = options
  }

  get queued(): number {
    return this.waiting
  }

  submit(request: AttemptRequest): Attempt {
    const attempt = new RunningAttempt(this, request)
    if (this.running < this.options.maxConcurrent) this.begin(attempt)
    else this.enqueue(attempt)
    return attempt
  }

  private enqueue(attempt: RunningAttempt): void {
    const priority = attempt.request.task.priority ?? 0
    const lane = this.lanes.get(priority)
    if (lane) lane.push(attempt)
    else this.lanes.set(priority, [attempt])
    this.waiting += 1
    attempt.watchStart()
  }

  private begin(attempt: RunningAttempt): void {
    this.running += 1
    this.attempts += 1
    attempt.run()
  }

  /** A slot is free. */
  release(): void {
    this.running -= 1
    while (this.running < this.options.maxConcurrent) {
      const next = this.dequeue()
      if (!next) return
      this.begin(next)
    }
  }

  private dequeue(): RunningAttempt | undefined {
    for (const priority of [...this.lanes.keys()].sort((a, b) => b - a)) {
      const lane = this.lanes.get(priority) ?? []
      for (let next = lane.shift(); next; next = lane.shift()) {
        this.waiting -= 1
        if (!next.isAborted) return next
      }
      this.lanes.delete(priority)
    }
    return undefined
  }
}

class RunningAttempt implements Attempt {
  readonly request: AttemptRequest
  startedAt: number | null = null
  isAborted = false
  private readonly worker: Worker
  private isAnswered = false
  private controller: AbortController | null = null
  private lastBeat = 0
  private cancelTimer: (() => void) | null = null

  constructor(worker: Worker, request: AttemptRequest) {
    this.worker = worker
    this.request = request
  }

  abort(reason: string): void {
    this.isAborted = true
    this.controller?.abort(new Error(reason))
    this.clearTimer()
  }

  /** An attempt that nobody begins in time has timed out, before it ran. */
  watchStart(): void {
    const { startBy } = this.request.task
    if (startBy === undefined) return
    const wait = Math.max(0, (parseInstant(startBy) ?? 0) - this.worker.options.clock.now())
    this.cancelTimer = this.worker.options.clock.after(wait, () => {
      this.isAborted = true
      this.answer({ type: 'failed', failure: { type: 'Timeout', message: 'no worker was free in time' } })
    })
  }

  run(): void {
    this.clearTimer()
    const { registry, clock } = this.worker.options
    const { task } = this.request
    this.startedAt = clock.now()
    const registered = registry.get(task.activity)
    if (!registered)
      return this.refuse({
        type: 'ActivityNotFound',
        message: `there is no activity ${task.activity} here`,
        nonRetryable: true,
      })
    const wrong = inWords(registered.checkInput(task.input))
    if (wrong !== null) return this.refuse({ type: 'InvalidInput', message: wrong, nonRetryable: true })
    this.call(registered).then(
      (result) => this.completed(registered, result),
      (error: unknown) =>
        this.finish({ type: 'failed', failure: failureOfError(error), startedAt: this.startedText() }),
    )
  }

  private async call({ activity }: RegisteredActivity): Promise<unknown> {
    const { instanceId, executionId, task } = this.request
    const undone = task.compensates === undefined ? '' : `!${task.compensates}`
    if (task.heartbeat !== undefined) this.watchHeart(task.heartbeat)
    const controllerOf = () => {
      this.controller ??= new AbortController()
      if (this.isAborted) this.controller.abort(new Error('nobody waits for the result any more'))
      return this.controller
    }
    return activity.run({
      input: task.input as never,
      idempotencyKey: `${instanceId}/${executionId}/${task.step}${undone}`,
      attempt: task.attempt,
      instanceId,
      step: task.step,
      // Made when it is asked for: most activities never look at it.
      get signal() {
        return controllerOf().signal
      },
      heartbeat: () => {
        this.lastBeat = this.worker.options.clock.now()
      },
      log: (message, fields = {}) =>
        this.worker.options.log('info', message, {
          ...fields,
          instanceId,
          step: task.step,
          activity: task.activity,
          attempt: task.attempt,
        }),
    })
  }

  private completed({ checkOutput }: RegisteredActivity, result: unknown): void {
    const plain = plainJson(result, this.worker.options.maxValueBytes)
    const startedAt = this.startedText()
    if (!plain.ok)
      return this.finish({
        type: 'failed',
        failure: { type: 'InvalidOutput', message: `the result cannot be kept: ${plain.reason}`, nonRetryable: true },
        startedAt,
      })
    const wrong = inWords(checkOutput(plain.value))
    if (wrong !== null)
      return this.finish({
        type: 'failed',
        failure: { type: 'InvalidOutput', message: wrong, nonRetryable: true },
        startedAt,
      })
    this.finish({ type: 'completed', result: plain.value, startedAt })
  }

  private refuse(failure: Failure): void {
    queueMicrotask(() => this.finish({ type: 'failed', failure, startedAt: this.startedText() }))
  }

  private finish(outcome: AttemptOutcome): void {
    this.clearTimer()
    this.answer(outcome)
    this.worker.release()
  }

  private answer(outcome: AttemptOutcome): void {
    if (this.isAnswered) return
    this.isAnswered = true
    if (outcome.type === 'failed') this.worker.failures += 1
    this.request.answer(outcome)
  }

  private startedText(): string {
    return formatInstant(this.startedAt ?? 0)
  }

  private watchHeart(gap: number): void {
    const { clock } = this.worker.options
    this.lastBeat = clock.now()
    const check = () => {
      const silent = clock.now() - this.lastBeat
      if (silent < gap) {
        this.cancelTimer = clock.after(gap - silent, check)
        return
      }
      // The slot stays taken until the handler really ends; the instance goes on without it.
      this.answer({
        type: 'failed',
        failure: { type: 'HeartbeatTimeout', message: `no heartbeat for ${silent} ms` },
        startedAt: this.startedText(),
      })
      this.abort('no heartbeat')
    }
    this.cancelTimer = clock.after(gap, check)
  }

  private clearTimer(): void {
    this.cancelTimer?.()
    this.cancelTimer = null
  }
}
