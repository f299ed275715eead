// The durable engine: what an embedder calls. It routes to the instance in memory, or through the store to whoever holds it.
import {
  type HistoryEvent,
  hasErrors,
  hashDefinition,
  type Json,
  type Problem,
  parseDefinition,
  parseInstant,
} from '@durable-canvas/schema'
import { compileProgram, isFinished, type Message, misfits, type Program, waitingFor } from '../core/index.ts'
import type {
  InboxMessage,
  InstanceFilter,
  InstanceRow,
  InstanceStatus,
  Page,
  PageRequest,
  WorkflowStore,
} from '../stores/store.ts'
import { ActivityRegistry } from './activities/registry.ts'
import { Worker } from './activities/worker.ts'
import { type Chance, systemChance } from './chance.ts'
import { type Clock, systemClock } from './clock.ts'
import { Definitions, type Deployment } from './definitions.ts'
import {
  type Deployed,
  type DeployOptions,
  type Engine,
  EngineError,
  type EngineLog,
  type EngineMetrics,
  type EngineOptions,
  type Instance,
  type InstanceChange,
  type InstanceSummary,
  type InstanceView,
  type OperationOptions,
  type PurgedInstance,
  type StartOptions,
  type WaitingFor,
} from './engine-types.ts'
import { Inbox } from './inbox.ts'
import { type Found, Instances } from './instances.ts'
import { plainJson } from './json-value.ts'
import { type Launch, Launcher } from './launcher.ts'
import { Ownership } from './ownership.ts'
import { Purging } from './purging.ts'
import { endOf, isFinishedRow, moved, Results } from './results.ts'
import type { Envelope, InstanceRunner } from './runner.ts'
import { compileSchema } from './schema-compiler.ts'
import { Subscribers } from './subscribers.ts'
import { correlationKeys, summaryOfRow, summaryOfState, viewOfRow, viewOfState } from './view.ts'

export interface EngineSettings extends EngineOptions {
  /** For tests. */
  readonly clock?: Clock
  readonly chance?: Chance
  readonly engineId?: string
  /** Events from one snapshot to the next. Default 1,000. */
  readonly snapshotEvery?: number
  /** Compiled definitions by name@version, shared by engines whose definitions are the same. */
  readonly compiled?: Map<string, Promise<Deployment>>
}

/** Starts an engine on the store: takes up what is due or orphaned, then answers calls. */
export async function createEngine(options: EngineSettings): Promise<Engine> {
  const engine = new DurableEngine(options)
  await engine.open()
  return engine
}

const quiet: EngineLog = () => undefined
const pollMs = 500
const longestPollMs = 5_000

class DurableEngine implements Engine {
  readonly id: string
  readonly store: WorkflowStore
  private readonly clock: Clock
  private readonly chance: Chance
  private readonly log: EngineLog
  private readonly registry: ActivityRegistry
  private readonly worker: Worker
  private readonly definitions: Definitions
  private readonly instances: Instances
  private readonly launcher: Launcher
  private readonly inbox: Inbox
  private readonly ownership: Ownership
  private readonly results = new Results()
  private readonly subscribers = new Subscribers()
  private readonly purging: Purging
  private readonly maxValueBytes: number
  private readonly counts = { started: 0, completed: 0, failed: 0, terminated: 0, turns: 0, events: 0 }
  private isStopped = false

  constructor(options: EngineSettings) {
    this.chance = options.chance ?? systemChance
    this.id = options.engineId ?? `engine-${this.chance.id(6)}`
    this.store = options.store
    this.clock = options.clock ?? systemClock
    this.log = options.log ?? quiet
    this.maxValueBytes = options.maxValueBytes ?? 262_144
    this.registry = new ActivityRegistry(options.activities ?? [])
    const { id: engineId, store, clock, log, maxValueBytes, registry } = this
    this.worker = new Worker({
      registry,
      clock,
      log,
      maxValueBytes,
      maxConcurrent: options.maxConcurrentActivities ?? 1_000,
    })
    this.definitions = new Definitions(store, clock, options.maxHistoryEvents ?? 50_000, options.compiled)
    const { worker, definitions } = this
    this.instances = new Instances({
      engineId,
      store,
      clock,
      worker,
      definitions,
      log,
      snapshotEvery: options.snapshotEvery ?? 1_000,
      onCommitted: (runner, events) => this.committed(runner, events),
      onDelivered: (messages) => this.inbox.take(messages),
      reroute: (instanceId, envelopes) => void this.reroute(instanceId, envelopes),
      onReleased: (dueAt) => this.ownership.expect(dueAt),
      onLeft: (instanceId) => this.results.move(instanceId),
    })
    const { instances } = this
    this.purging = new Purging(store, instances)
    this.launcher = new Launcher(store, instances)
    this.inbox = new Inbox({ engineId, store, clock, definitions, instances, launcher: this.launcher, log })
    this.ownership = new Ownership({
      engineId,
      store,
      clock,
      chance: this.chance,
      log,
      leaseMs: options.leaseMs ?? 10_000,
      takeUp: (row) =>
        instances.takeUp(row).catch((error: unknown) => {
          log('error', 'an instance could not be read back', { instanceId: row.instanceId, error: String(error) })
        }),
      onUncertain: () => instances.strays.suspect(),
      onExpired: () => {
        instances.strays.suspect()
        void instances.recheck()
      },
    })
  }

  async open(): Promise<void> {
    await this.ownership.start()
    await this.inbox.start()
  }

  async check(definition: unknown): Promise<readonly Problem[]> {
    return (await this.parse(definition)).problems
  }

  private async parse(definition: unknown) {
    const known = { activities: this.registry.names(), definitions: await this.definitionNames() }
    const parsed = parseDefinition(definition, known)
    if (!parsed.definition) return parsed
    const wrong = schemaProblems(parsed.definition)
    return wrong.length === 0 ? parsed : { definition: null, problems: [...parsed.problems, ...wrong] }
  }

  private async definitionNames(): Promise<string[]> {
    const names: string[] = []
    let cursor: string | null = null
    do {
      const page: Page<{ readonly name: string }> = await this.store.listDefinitions({ limit: 500, cursor })
      names.push(...page.items.map(({ name }) => name))
      cursor = page.next
    } while (cursor !== null)
    return names
  }

  async deploy(document: unknown, options: DeployOptions = {}): Promise<Deployed> {
    const { definition, problems } = await this.parse(document)
    if (!definition || hasErrors(problems))
      throw new EngineError('InvalidDefinition', inOneLine(problems) || 'the definition has errors', { problems })
    compileProgram(definition)
    const hash = hashDefinition(definition)
    const { version, created } = await this.store.putDefinition({
      name: definition.name,
      hash,
      title: definition.title ?? null,
      definitionJson: JSON.stringify(definition),
      layoutJson: options.layout === undefined ? null : JSON.stringify(options.layout),
      comment: options.comment ?? null,
      deployedAt: this.clock.now(),
    })
    this.definitions.noteLatest(definition.name, version)
    return { name: definition.name, version, hash, created, problems }
  }

  start(definition: string, options: StartOptions = {}): Promise<Instance> {
    return this.begin(definition, options)
  }

  private async begin(definition: string, options: StartOptions, restart?: Launch['restart']): Promise<Instance> {
    this.refuseWhenStopped()
    const deployment = await this.definitions.get(definition, options.version)
    const input = this.plain(options.input ?? null, 'the input')
    const problems = deployment.checkInput(input)
    if (problems.length > 0)
      throw new EngineError('InvalidInput', `the input does not fit ${definition}: ${inOneLine(problems)}`, {
        problems,
      })
    const instanceId = options.instanceId ?? this.chance.id(12)
    refuseBadId(instanceId)
    const startAt = options.startAt === undefined ? undefined : parseInstant(options.startAt)
    if (options.startAt !== undefined && startAt === undefined)
      throw new EngineError('InvalidRequest', `${options.startAt} is no ISO 8601 instant`)
    const created = await this.launcher.launch({
      instanceId,
      executionId: this.chance.id(6),
      deployment,
      input,
      ifExists: options.ifExists ?? 'fail',
      ...(startAt === undefined ? {} : { startAt }),
      ...(restart === undefined ? {} : { restart }),
      ...(options.by === undefined ? {} : { by: options.by }),
    })
    return this.handle(instanceId, created)
  }

  async instance(instanceId: string): Promise<Instance> {
    if (!this.instances.inMemory(instanceId) && !(await this.store.getInstance(instanceId))) throw unknown(instanceId)
    return this.handle(instanceId, false)
  }

  private handle(instanceId: string, created: boolean): Instance {
    return { instanceId, created, result: () => this.result(instanceId) }
  }

  private async result(instanceId: string): Promise<Json> {
    let waitMs = pollMs
    for (let isKnown = false; ; isKnown = true) {
      this.refuseWhenStopped()
      const runner = this.instances.inMemory(instanceId)
      if (runner) {
        const { state, isTakingTurn } = runner
        if (!isTakingTurn && isFinished(state) && !state.continued)
          return outputOf(endOf(instanceId, state.status, state.output, state.failure))
        const output = await this.results.wait(instanceId)
        if (output !== moved) return output
        waitMs = pollMs
      }
      const row = await this.lookFor(instanceId, isKnown)
      if (row && isFinishedRow(row)) {
        const { status, output, failure } = viewOfRow(row)
        return outputOf(endOf(instanceId, status, output, failure))
      }
      // At rest, or held by another engine: its commits are not seen here, its row is.
      const output = await this.waitFor(instanceId, waitMs)
      if (output !== moved) return output
      waitMs = Math.min(waitMs * 1.5, longestPollMs)
    }
  }

  /** For some time. */
  private waitFor(instanceId: string, ms: number) {
    const cancel = this.clock.after(ms, () => this.results.move(instanceId))
    return this.results.wait(instanceId).finally(cancel)
  }

  /** Null: an instance that was there a moment ago cannot be looked up just now. */
  private async lookFor(instanceId: string, isKnown: boolean): Promise<InstanceRow | null> {
    try {
      const row = await this.store.getInstance(instanceId)
      if (row || isKnown) return row
    } catch (error) {
      if (!isKnown) throw error
      return null
    }
    throw unknown(instanceId)
  }

  private find(instanceId: string): Promise<Found> | Found {
    const runner = this.instances.inMemory(instanceId)
    return runner ? { runner } : this.instances.find(instanceId)
  }

  async get(instanceId: string): Promise<InstanceView | null> {
    const runner = this.instances.inMemory(instanceId)
    const view = runner && (await durableViewOf(runner))
    if (view) return view
    const row = await this.store.getInstance(instanceId)
    return row && this.viewOfRest(row)
  }

  /** Of an instance that is not in memory. Where another engine holds it, or one that is gone, the log is ahead of the row. */
  private async viewOfRest(row: InstanceRow): Promise<InstanceView> {
    if (row.owner === null || isFinishedRow(row)) return viewOfRow(row)
    try {
      return viewOfState(await this.instances.stateOf(row))
    } catch (error) {
      // Turns may be dropped while they are read; the row is older, but true.
      this.log('debug', 'the log could not be read; the row is shown', {
        instanceId: row.instanceId,
        error: String(error),
      })
      return viewOfRow(row)
    }
  }

  async list(filter: InstanceFilter, page: PageRequest): Promise<Page<InstanceSummary>> {
    const { items, next } = await this.store.listInstances(filter, page)
    return { items: items.map(summaryOfRow), next }
  }

  count(filter?: { readonly definition?: string }) {
    return this.store.countInstances(filter)
  }

  async readHistory(
    instanceId: string,
    { after = 0, limit = 1_000 }: { readonly after?: number; readonly limit?: number } = {},
  ): Promise<readonly HistoryEvent[]> {
    const runner = this.instances.inMemory(instanceId)
    const executionId = runner?.state.executionId || (await this.store.getInstance(instanceId))?.executionId
    if (!executionId) throw unknown(instanceId)
    const turns = await this.store.readEvents(instanceId, executionId, { afterSeq: after, limit })
    const events = turns.flatMap((turn) => JSON.parse(turn.eventsJson) as HistoryEvent[])
    return events.filter((event) => event.seq > after).slice(0, limit)
  }

  async *history(instanceId: string, options: { readonly after?: number } = {}): AsyncIterable<HistoryEvent> {
    let after = options.after ?? 0
    for (;;) {
      const events = await this.readHistory(instanceId, { after })
      yield* events
      const last = events.at(-1)
      if (!last) return
      after = last.seq
    }
  }

  async raiseEvent(
    instanceId: string,
    name: string,
    data: Json = null,
    options: { readonly messageId?: string; readonly by?: string } = {},
  ): Promise<void> {
    this.refuseWhenStopped()
    if (name === '' || name.length > 200)
      throw new EngineError('InvalidRequest', 'an event needs a name of 1 to 200 characters')
    const event = { name, data: this.plain(data, 'the data'), ...options }
    const found = await this.find(instanceId)
    if ('runner' in found) {
      const { events, status, isOver } = await this.tell(found.runner, { type: 'event', ...event })
      if (events.length === 0 && isOver && !found.runner.state.messageIds.has(options.messageId ?? ''))
        throw finished(instanceId, status)
      return
    }
    if (!found.row) throw unknown(instanceId)
    const ended = await this.endOf(found.row)
    if (ended) throw finished(instanceId, ended)
    const id = `${instanceId}/event/${options.messageId ?? this.chance.id(12)}`
    await this.store.putMessage({
      id,
      instanceId,
      kind: 'event',
      payloadJson: JSON.stringify(event),
      at: this.clock.now(),
    })
  }

  /** Of an instance that this engine does not hold. Null: it goes on; the row may be older than the log by a moment. */
  private async endOf(row: InstanceRow): Promise<InstanceStatus | null> {
    let status = isFinishedRow(row) ? row.status : null
    if (row.owner === null) return status
    for (const { eventsJson } of await this.store.readTurns(row.instanceId, { afterTurn: row.turn }))
      for (const { type } of JSON.parse(eventsJson) as HistoryEvent[]) status = statusAfter(type, status)
    return status
  }

  suspend(instanceId: string, options: OperationOptions = {}): Promise<void> {
    return this.operate(instanceId, { type: 'suspend', ...options }, ['Pending', 'Running'])
  }

  resume(instanceId: string, options: OperationOptions = {}): Promise<void> {
    return this.operate(instanceId, { type: 'resume', ...options }, ['Suspended'])
  }

  terminate(instanceId: string, options: OperationOptions = {}): Promise<void> {
    return this.operate(instanceId, { type: 'terminate', ...options }, ['Pending', 'Running', 'Suspended'])
  }

  async rewind(instanceId: string, options: OperationOptions = {}): Promise<void> {
    this.refuseWhenStopped()
    const view = await this.get(instanceId)
    if (!view) throw unknown(instanceId)
    if (view.status !== 'Failed') throw forbidden(instanceId, 'rewind', view.status)
    await this.revive(instanceId, { type: 'rewind', ...options })
  }

  /**
   * For an instance that has failed. Nobody looks after it, so the operation waits in the inbox until a turn has taken it:
   * whatever happens to this engine meanwhile, another one finds it there.
   */
  private async revive(instanceId: string, message: Message): Promise<void> {
    await this.instances.projector.flush()
    const posted = await this.inbox.tell(this.operationOf(instanceId, message))
    if (!posted.tookEffect) throw forbidden(instanceId, message.type, posted.status)
  }

  private async operate(instanceId: string, message: Message, allowed: readonly InstanceStatus[]): Promise<void> {
    this.refuseWhenStopped()
    const found = await this.find(instanceId)
    if ('runner' in found) return this.command(instanceId, found.runner, message)
    if (!found.row) throw unknown(instanceId)
    const { status } = await this.viewOfRest(found.row)
    if (!allowed.includes(status)) throw forbidden(instanceId, message.type, status)
    await this.store.putMessage(this.operationOf(instanceId, message))
  }

  private operationOf(instanceId: string, message: Message): InboxMessage {
    return {
      id: `${instanceId}/operation/${this.chance.id(12)}`,
      instanceId,
      kind: 'operation',
      payloadJson: JSON.stringify(message),
      at: this.clock.now(),
    }
  }

  private async command(
    instanceId: string,
    runner: InstanceRunner,
    message: Message,
    program?: Program,
  ): Promise<void> {
    const { events, status } = await this.tell(runner, message, program)
    if (events.length === 0) throw forbidden(instanceId, message.type, status)
  }

  /** Posts the message and waits for its turn. */
  private tell(runner: InstanceRunner, message: Message, program?: Program) {
    return new Promise<{ events: readonly HistoryEvent[]; status: InstanceStatus; isOver: boolean }>(
      (resolve, reject) => {
        runner.post({
          message,
          ...(program === undefined ? {} : { program }),
          done: (events, state) =>
            resolve({ events, status: state.status, isOver: isFinished(state) && !state.continued }),
          failed: (error) =>
            reject(
              new EngineError('StoreUnavailable', 'the store did not say whether this took effect', { cause: error }),
            ),
        })
      },
    )
  }

  async migrate(
    instanceId: string,
    { version, ...options }: OperationOptions & { readonly version?: number } = {},
  ): Promise<void> {
    this.refuseWhenStopped()
    const found = await this.find(instanceId)
    if ('row' in found && !found.row) throw unknown(instanceId)
    const state = 'runner' in found ? found.runner.state : await this.instances.stateOf(found.row as InstanceRow)
    if (isFinished(state) && state.status !== 'Failed' && !state.continued)
      throw forbidden(instanceId, 'migrate', state.status)
    const { program } = await this.definitions.get(state.definition, version)
    if (program.version === state.version) return
    const before = await this.definitions.get(state.definition, state.version)
    const wrong = misfits(before.program, program, state)
    if (wrong.length > 0)
      throw new EngineError(
        'VersionMisfit',
        `${instanceId} cannot go on under version ${program.version}: ${wrong.slice(0, 3).join('; ')}`,
      )
    const { hash } = program
    const message: Message = { type: 'migrate', version: program.version, ...(hash ? { hash } : {}), ...options }
    if (state.status === 'Failed') return this.revive(instanceId, message)
    if ('runner' in found) return this.command(instanceId, found.runner, message, program)
    await this.store.putMessage(this.operationOf(instanceId, message))
  }

  async restart(
    instanceId: string,
    options: OperationOptions & { readonly newInstanceId?: string; readonly input?: Json } = {},
  ): Promise<Instance> {
    const view = await this.get(instanceId)
    if (!view) throw unknown(instanceId)
    const target = options.newInstanceId ?? instanceId
    if (target === instanceId && view.completedAt === null) throw forbidden(instanceId, 'restart', view.status)
    const { input = view.input, by, reason } = options
    return this.begin(
      view.definition,
      {
        instanceId: target,
        input,
        ifExists: target === instanceId ? 'replaceFinished' : 'fail',
        ...(by === undefined ? {} : { by }),
      },
      { restartOf: instanceId, ...(reason === undefined ? {} : { reason }) },
    )
  }

  async purge(instanceId: string): Promise<void> {
    const view = await this.get(instanceId)
    if (!view) throw unknown(instanceId)
    if (view.completedAt === null) throw forbidden(instanceId, 'purge', view.status)
    if ((await this.purging.these([{ instanceId, definition: view.definition }])) === 0) throw unknown(instanceId)
  }

  purgeMany(filter: InstanceFilter): Promise<number> {
    return this.purging.matching(filter)
  }

  activities() {
    return this.registry.list()
  }

  subscribe(listener: (change: InstanceChange) => void, instanceId?: string): () => void {
    return this.subscribers.add(listener, instanceId)
  }

  onPurged(listener: (purged: readonly PurgedInstance[]) => void): () => void {
    return this.purging.add(listener)
  }

  metrics(): EngineMetrics {
    const { worker, instances, counts } = this
    return {
      instancesInMemory: instances.size,
      activitiesRunning: worker.running,
      activitiesQueued: worker.queued,
      ...counts,
      activityAttempts: worker.attempts,
      activityFailures: worker.failures,
    }
  }

  async health(): Promise<string | null> {
    if (this.isStopped) return 'the engine is stopped'
    try {
      await this.store.ping()
    } catch (error) {
      return `the store does not answer: ${error instanceof Error ? error.message : error}`
    }
    return this.ownership.trouble
  }

  async stop(): Promise<void> {
    if (this.isStopped) return
    this.isStopped = true
    this.inbox.stop()
    await this.instances.stop()
    for (const instanceId of [...this.results.waitingIds])
      this.results.reject(
        instanceId,
        new EngineError('EngineStopped', 'the engine was stopped before the instance ended'),
      )
    await this.ownership.stop()
  }

  private committed(runner: InstanceRunner, events: readonly HistoryEvent[]): void {
    this.counts.turns += 1
    this.counts.events += events.length
    for (const event of events) this.note(event, runner)
    const { state, instanceId } = runner
    if (this.subscribers.has(instanceId))
      this.subscribers.tell({
        instanceId,
        executionId: state.executionId,
        events,
        summary: summaryOfState(state, waitingOf(runner)),
      })
    if (isFinished(state) && !state.continued) this.results.settle(state)
  }

  private note(event: HistoryEvent, runner: InstanceRunner): void {
    switch (event.type) {
      case 'ExecutionStarted':
        this.counts.started += 1
        return
      case 'ExecutionCompleted':
        this.counts.completed += 1
        return
      case 'ExecutionFailed':
        this.counts.failed += 1
        return
      case 'ExecutionTerminated':
        this.counts.terminated += 1
        return
      case 'EventAwaited':
        if (event.correlationKey !== undefined) void this.lookForKeys(runner)
        return
      case 'ExecutionRewound':
        void this.inbox.takeKept(runner.instanceId)
        return
      default:
    }
  }

  /** Events that came for a key before anybody waited under it. The row must tell of the key first: it is what the search reads. */
  private async lookForKeys(runner: InstanceRunner): Promise<void> {
    try {
      await this.instances.projector.flush()
      await this.inbox.takeByKeys(correlationKeys(runner.state))
    } catch (error) {
      this.log('warn', 'events by correlation key could not be looked up', {
        instanceId: runner.instanceId,
        error: String(error),
      })
    }
  }

  /** To whoever holds the instance now. */
  private async reroute(instanceId: string, envelopes: readonly Envelope[]): Promise<void> {
    if (this.isStopped) {
      for (const { failed } of envelopes) failed?.(new EngineError('EngineStopped', 'the engine was stopped'))
      return
    }
    try {
      const found = await this.find(instanceId)
      if ('runner' in found) {
        for (const envelope of envelopes) found.runner.post(envelope)
        return
      }
      for (const { failed, dropped } of envelopes) {
        failed?.(new EngineError('StoreUnavailable', `${instanceId} has moved to another engine; try again`))
        dropped?.()
      }
    } catch (error) {
      this.log('warn', 'an instance could not be read back; it is tried again', { instanceId, error: String(error) })
      this.clock.after(1_000, () => void this.reroute(instanceId, envelopes))
    }
  }

  private plain(value: Json, what: string): Json {
    const plain = plainJson(value, this.maxValueBytes)
    if (plain.ok) return plain.value
    throw new EngineError('InvalidInput', `${what} cannot be kept: ${plain.reason}`)
  }

  private refuseWhenStopped(): void {
    if (this.isStopped) throw new EngineError('EngineStopped', 'the engine is stopped')
  }
}

function statusAfter(type: HistoryEvent['type'], before: InstanceStatus | null): InstanceStatus | null {
  switch (type) {
    case 'ExecutionCompleted':
      return 'Completed'
    case 'ExecutionFailed':
      return 'Failed'
    case 'ExecutionTerminated':
      return 'Terminated'
    case 'ExecutionRewound':
    case 'ExecutionStarted':
      return null
    default:
      return before
  }
}

const unknown = (instanceId: string) => new EngineError('UnknownInstance', `there is no instance ${instanceId}`)

const finished = (instanceId: string, status: InstanceStatus) =>
  new EngineError('InstanceFinished', `${instanceId} is ${status.toLowerCase()}`, { status })

const forbidden = (instanceId: string, operation: string, status: InstanceStatus) =>
  new EngineError('StatusForbids', `${instanceId} is ${status.toLowerCase()}: it cannot ${operation}`, { status })

function outputOf(end: ReturnType<typeof endOf>): Json {
  if (end instanceof Error) throw end
  return end.output
}

const inOneLine = (problems: readonly Problem[]): string =>
  problems
    .filter(({ severity }) => severity === 'error')
    .slice(0, 3)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ')

function refuseBadId(instanceId: string): void {
  const isBad =
    instanceId === '' ||
    instanceId.length > 200 ||
    instanceId.startsWith('key:') ||
    [...instanceId].some((character) => character < ' ' || character === '\u007f')
  if (isBad)
    throw new EngineError(
      'InvalidRequest',
      'an instance id has 1 to 200 characters, no control characters, and does not begin with "key:"',
    )
}

/** Nothing is shown that might not come true. Null: the instance has left this engine meanwhile. */
function durableViewOf(runner: InstanceRunner): Promise<InstanceView | null> {
  return new Promise((resolve) =>
    runner.whenDurable((isDurable) => resolve(isDurable ? viewOfState(runner.state, waitingOf(runner)) : null)),
  )
}

/** Activities that a worker has begun are told apart from those that wait for one. */
function waitingOf(runner: InstanceRunner): readonly WaitingFor[] {
  return waitingFor(runner.state).map((waiting) => {
    if (waiting.kind !== 'activity') return waiting
    const attempt = runner.attempts.get(waiting.task)
    return { ...waiting, running: attempt?.startedAt !== null && attempt !== undefined }
  })
}

/** Schemas that pass as JSON Schema but cannot be compiled: an unknown reference, say. */
function schemaProblems(definition: { readonly input?: unknown; readonly output?: unknown }): Problem[] {
  const problems: Problem[] = []
  for (const side of ['input', 'output'] as const) {
    const schema = definition[side]
    if (schema === undefined) continue
    try {
      compileSchema(schema as boolean | { readonly [key: string]: Json })
    } catch (error) {
      const message = `${side} is no usable JSON Schema: ${error instanceof Error ? error.message : error}`
      problems.push({ code: 'InvalidJsonSchema', severity: 'error', path: `/${side}`, message })
    }
  }
  return problems
}
