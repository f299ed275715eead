// What the engine shows to those who embed it: the API server, scripts, tests.
import type { Definition, Failure, HistoryEvent, Json, JsonSchema, Problem, RetryPolicy } from '@durable-canvas/schema'
import type {
  InstanceCount,
  InstanceFilter,
  InstanceStatus,
  Page,
  PageRequest,
  WorkflowStore,
} from '../stores/store.ts'

export interface ActivityContext<Input = Json> {
  readonly input: Input
  /** The same on every attempt of the same step of the same execution, also after a restart, a takeover or a rewind. */
  readonly idempotencyKey: string
  /** 1 for the first. */
  readonly attempt: number
  readonly instanceId: string
  /** The step's path. */
  readonly step: string
  /** Aborted when nobody waits for the result any more: timeout, cancellation, termination, shutdown. */
  readonly signal: AbortSignal
  /** Tells that the attempt is alive; restarts `heartbeatTimeout`. */
  readonly heartbeat: () => void
  readonly log: (message: string, fields?: Record<string, unknown>) => void
}

export interface ActivityOptions {
  readonly name: string
  readonly title?: string
  readonly description?: string
  /** A name of the designer's icon set, e.g. "credit-card". */
  readonly icon?: string
  readonly input?: JsonSchema
  readonly output?: JsonSchema
  /** Proposed to authors; what counts is the step's own. */
  readonly retry?: RetryPolicy
}

export interface Activity extends ActivityOptions {
  readonly run: (context: ActivityContext<never>) => unknown
}

export type EngineLog = (
  level: 'debug' | 'info' | 'warn' | 'error',
  message: string,
  fields?: Record<string, unknown>,
) => void

export interface EngineOptions {
  readonly store: WorkflowStore
  readonly activities?: readonly Activity[]
  /** Attempts that run in this process at a time; more wait in order of priority. Default 1,000. */
  readonly maxConcurrentActivities?: number
  /** How long others wait until they take over a silent engine's instances. Default 10,000 ms. */
  readonly leaseMs?: number
  /** The largest JSON text of one value (input, result, event data). Default 262,144 bytes. */
  readonly maxValueBytes?: number
  /** Events after which an execution fails with LimitExceeded. Default 50,000. */
  readonly maxHistoryEvents?: number
  readonly log?: EngineLog
}

export interface WaitingFor {
  /** The seq of the event that began the wait. */
  readonly task?: number
  readonly kind: 'activity' | 'timer' | 'event' | 'subOrchestration'
  readonly step: string
  readonly since: string
  /** The activity, event or child instance. */
  readonly name?: string
  readonly dueAt?: string
  readonly attempt?: number
  /** Activities: whether a worker has begun the attempt. */
  readonly running?: boolean
}

/** What a list shows of an instance. Times are ISO 8601 UTC with milliseconds. */
export interface InstanceSummary {
  readonly instanceId: string
  readonly executionId: string
  readonly definition: string
  readonly version: number
  readonly status: InstanceStatus
  readonly createdAt: string
  readonly lastUpdatedAt: string
  readonly completedAt: string | null
  readonly customStatus: Json
  readonly failure: Failure | null
  /** The parent's instance id. */
  readonly parent: string | null
  readonly waitingFor: readonly WaitingFor[]
  /** The seq of the latest event that this tells of. */
  readonly seq: number
}

export interface InstanceView extends InstanceSummary {
  readonly input: Json
  readonly output: Json
}

export interface StartOptions {
  readonly instanceId?: string
  readonly input?: Json
  /** Default: the latest. */
  readonly version?: number
  /** ISO 8601; the instance is Pending until then. */
  readonly startAt?: string
  /** What to do if the id is taken. Default fail: throws InstanceExists. */
  readonly ifExists?: 'fail' | 'return' | 'replaceFinished'
  readonly by?: string
}

export interface OperationOptions {
  readonly reason?: string
  readonly by?: string
}

export interface Instance {
  readonly instanceId: string
  /** False if ifExists: "return" gave one that was there. */
  readonly created: boolean
  /** The output once Completed; throws InstanceFailed once Failed or Terminated. Resolves from the commit itself. */
  result(): Promise<Json>
}

export interface DeployOptions {
  readonly layout?: Json
  readonly comment?: string
}

export interface Deployed {
  readonly name: string
  readonly version: number
  readonly hash: string
  /** False: this content was the latest version already. */
  readonly created: boolean
  /** Warnings only. */
  readonly problems: readonly Problem[]
}

/** Told to subscribers after the turn is durable. */
export interface InstanceChange {
  readonly instanceId: string
  readonly executionId: string
  readonly events: readonly HistoryEvent[]
  readonly summary: InstanceSummary
}

/** Told after it is gone from the store. */
export interface PurgedInstance {
  readonly instanceId: string
  readonly definition: string
}

/** What went wrong for the caller of the engine; `code` is stable. */
export type EngineErrorCode =
  | 'UnknownDefinition'
  | 'UnknownInstance'
  | 'InstanceExists'
  | 'InvalidDefinition'
  | 'InvalidInput'
  | 'InvalidRequest'
  | 'InstanceFinished'
  | 'StatusForbids'
  | 'VersionMisfit'
  | 'EngineStopped'
  | 'StoreUnavailable'

export class EngineError extends Error {
  override readonly name: string = 'EngineError'
  readonly code: EngineErrorCode
  readonly problems: readonly Problem[]
  /** StatusForbids, InstanceFinished, InstanceExists: the status that forbade it. */
  readonly status: InstanceStatus | undefined

  constructor(
    code: EngineErrorCode,
    message: string,
    more: { problems?: readonly Problem[]; status?: InstanceStatus; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.problems = more.problems ?? []
    this.status = more.status
  }
}

/** Thrown by `result()`. */
export class InstanceFailed extends Error {
  override readonly name: string = 'InstanceFailed'
  readonly instanceId: string
  readonly status: InstanceStatus
  readonly failure: Failure

  constructor(instanceId: string, status: InstanceStatus, failure: Failure) {
    super(`${instanceId} ${status.toLowerCase()}: ${failure.type}: ${failure.message}`)
    this.instanceId = instanceId
    this.status = status
    this.failure = failure
  }
}

export interface EngineMetrics {
  readonly instancesInMemory: number
  readonly activitiesRunning: number
  readonly activitiesQueued: number
  /** Since the start of this engine. */
  readonly started: number
  readonly completed: number
  readonly failed: number
  readonly terminated: number
  readonly turns: number
  readonly events: number
  readonly activityAttempts: number
  readonly activityFailures: number
}

export interface Engine {
  readonly id: string
  readonly store: WorkflowStore

  /** Problems of a definition, with what only this engine knows: its activities and the deployed definitions. Never throws. */
  check(definition: unknown): Promise<readonly Problem[]>
  /** Throws InvalidDefinition with `.problems`. */
  deploy(definition: Definition | unknown, options?: DeployOptions): Promise<Deployed>

  /** Durable when it resolves. Throws UnknownDefinition, InvalidInput (with problems), InstanceExists. */
  start(definition: string, options?: StartOptions): Promise<Instance>
  /** A handle on an instance that exists. Throws UnknownInstance. */
  instance(instanceId: string): Promise<Instance>
  get(instanceId: string): Promise<InstanceView | null>
  list(filter: InstanceFilter, page: PageRequest): Promise<Page<InstanceSummary>>
  count(filter?: { readonly definition?: string }): Promise<readonly InstanceCount[]>
  /** The events of the current execution with seq > after, in order, as far as they are durable. Throws UnknownInstance. */
  readHistory(
    instanceId: string,
    options?: { readonly after?: number; readonly limit?: number },
  ): Promise<readonly HistoryEvent[]>
  history(instanceId: string, options?: { readonly after?: number }): AsyncIterable<HistoryEvent>

  /** Durable when it resolves; the same messageId again changes nothing. Throws UnknownInstance, InstanceFinished. */
  raiseEvent(
    instanceId: string,
    name: string,
    data?: Json,
    options?: { readonly messageId?: string; readonly by?: string },
  ): Promise<void>
  /** Operations are durable when they resolve. They throw UnknownInstance, or StatusForbids with the status. */
  suspend(instanceId: string, options?: OperationOptions): Promise<void>
  resume(instanceId: string, options?: OperationOptions): Promise<void>
  terminate(instanceId: string, options?: OperationOptions): Promise<void>
  rewind(instanceId: string, options?: OperationOptions): Promise<void>
  /**
   * Goes on under another version of its definition (default: the latest), running, suspended or failed; nothing happens if it
   * is that one already. Throws VersionMisfit where what is open has no place in that version.
   */
  migrate(instanceId: string, options?: OperationOptions & { readonly version?: number }): Promise<void>
  /** Runs a finished instance's definition again, with its input or another, under a new id or its own. */
  restart(
    instanceId: string,
    options?: OperationOptions & { readonly newInstanceId?: string; readonly input?: Json },
  ): Promise<Instance>
  /** Removes a finished instance. Throws UnknownInstance, StatusForbids while it runs. */
  purge(instanceId: string): Promise<void>
  /** Removes finished instances that match; answers how many. */
  purgeMany(filter: InstanceFilter): Promise<number>

  activities(): readonly ActivityOptions[]
  /** Without id: every instance that this engine runs. */
  subscribe(listener: (change: InstanceChange) => void, instanceId?: string): () => void
  /** Of what is purged through this engine: some hundreds at a time where many are. */
  onPurged(listener: (purged: readonly PurgedInstance[]) => void): () => void
  metrics(): EngineMetrics
  /** Null when all is well, else the reason in words. */
  health(): Promise<string | null>
  /** Finishes turns, aborts what runs, gives leases back. The store stays open: who made it closes it. */
  stop(): Promise<void>
}
