// Messages from the store's inbox on their way to an instance: from parents and children, from other instances, from other processes.
import { createHash } from 'node:crypto'
import type { HistoryEvent } from '@durable-canvas/schema'
import type { Message, Program } from '../core/index.ts'
import type { InboxMessage, InstanceStatus, WorkflowStore } from '../stores/store.ts'
import type { Clock } from './clock.ts'
import type { Definitions } from './definitions.ts'
import { type ChildAnswer, type ChildStart, isSameParent, type SentEvent } from './effects.ts'
import { EngineError, type EngineLog } from './engine-types.ts'
import type { Found, Instances } from './instances.ts'
import type { Launcher } from './launcher.ts'
import { isFinishedRow } from './results.ts'
import type { Envelope, InstanceRunner } from './runner.ts'

export interface InboxOptions {
  readonly engineId: string
  readonly store: WorkflowStore
  readonly clock: Clock
  readonly definitions: Definitions
  readonly instances: Instances
  readonly launcher: Launcher
  readonly log: EngineLog
}

/** How often the inbox is read through where other processes write to it; a safety net behind the signals. */
const readEveryMs = 5_000
const batch = 500
const nextPageAfterMs = 200
const againAfterMs = 1_000
/** How long a message waits for an instance that is not there. */
const unknownMs = 30_000
const finishedMs = 0
const rememberedMs = 60_000

type Operation = Extract<Message, { readonly type: 'suspend' | 'resume' | 'terminate' | 'rewind' | 'migrate' }>

/** Posted: it waits for its turn. Settled: there is nothing more to do for it now. */
type Handed = 'posted' | 'settled'

export class Inbox {
  private readonly options: InboxOptions
  /** Messages on their way, or taken a moment ago, so that a signal and a reading do not deliver the same one twice. */
  private readonly underWay = new Map<string, number>()
  private isStopped = false
  private cancelRead = () => {}
  private unsubscribe = () => {}

  constructor(options: InboxOptions) {
    this.options = options
  }

  async start(): Promise<void> {
    this.unsubscribe = this.options.store.subscribe((signal) => {
      if (signal.type === 'message') this.take([signal.message])
    })
    await this.readFrom(null)
  }

  stop(): void {
    this.isStopped = true
    this.cancelRead()
    this.unsubscribe()
  }

  take(messages: readonly InboxMessage[]): void {
    for (const message of messages) void this.deliver(message)
  }

  /** Events that came after the instance had failed; it has been rewound. */
  async takeKept(instanceId: string): Promise<void> {
    const { store, clock, log } = this.options
    try {
      this.take(await store.readMessages(instanceId))
    } catch (error) {
      log('warn', 'events of a rewound instance could not be read; it is tried again', {
        instanceId,
        error: String(error),
      })
      if (!this.isStopped) clock.after(againAfterMs, () => void this.takeKept(instanceId))
    }
  }

  /**
   * Puts an operation into the inbox, delivers it and waits until its turn is durable. Throws StoreUnavailable where that is not
   * known; it may then take effect later.
   */
  async tell(message: InboxMessage): Promise<{ readonly tookEffect: boolean; readonly status: InstanceStatus }> {
    const { store, clock } = this.options
    this.underWay.set(message.id, clock.elapsed())
    try {
      await store.putMessage(message)
      const found = await this.findFor(message)
      if (!('runner' in found)) throw new Error(`${message.instanceId} is held elsewhere`)
      const { runner } = found
      const envelope = this.envelopeOf(runner, message, await this.programFor(runner, message))
      if (!envelope) throw new Error(`${message.id} is no operation`)
      return await new Promise((resolve, reject) =>
        runner.post({
          ...envelope,
          done: (events, { status }) => resolve({ tookEffect: events.length > 0, status }),
          failed: reject,
          dropped: () => reject(new Error(`${message.instanceId} has moved to another engine`)),
        }),
      )
    } catch (error) {
      this.later(message)
      throw new EngineError('StoreUnavailable', 'whether this took effect is not known; it may do so later', {
        cause: error,
      })
    } finally {
      this.underWay.delete(message.id)
    }
  }

  /** Messages to whoever waits under these keys. */
  async takeByKeys(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.take(await this.options.store.readMessages(`key:${key}`))
  }

  /** Page by page: whatever cannot be delivered yet must not keep what came after it. */
  private async readFrom(cursor: string | null): Promise<void> {
    const { store, engineId, log, clock } = this.options
    let next: string | null = null
    let isDone = false
    try {
      const page = await store.pendingMessages(engineId, { limit: batch, cursor })
      next = page.next
      isDone = store.exclusive && next === null
      await Promise.all(page.items.map((message) => this.deliver(message)))
    } catch (error) {
      log('warn', 'the inbox could not be read', { error: String(error) })
    }
    const pauseMs = next === null ? readEveryMs : nextPageAfterMs
    if (!this.isStopped && !isDone) this.cancelRead = clock.after(pauseMs, () => void this.readFrom(next))
  }

  private async deliver(message: InboxMessage): Promise<void> {
    if (this.isStopped || this.isUnderWay(message.id)) return
    this.underWay.set(message.id, this.options.clock.elapsed())
    try {
      if ((await this.hand(message)) !== 'posted') this.underWay.delete(message.id)
    } catch (error) {
      this.underWay.delete(message.id)
      this.options.log('warn', 'a message could not be delivered; it stays in the inbox', {
        instanceId: message.instanceId,
        kind: message.kind,
        error: String(error),
      })
      this.later(message)
    }
  }

  private isUnderWay(id: string): boolean {
    const before = this.options.clock.elapsed() - rememberedMs
    for (const [other, since] of this.underWay) {
      if (since > before) break
      this.underWay.delete(other)
    }
    return this.underWay.has(id)
  }

  private async hand(message: InboxMessage): Promise<Handed> {
    if (message.instanceId.startsWith('key:')) return this.handByKey(message)
    if (message.kind === 'start') {
      await this.startChild(message)
      return 'settled'
    }
    const found = await this.findFor(message)
    if ('runner' in found) return this.post(found.runner, message, await this.programFor(found.runner, message))
    if (found.row && !isFinishedRow(found.row)) return 'settled'
    if (found.row?.status === 'Failed' && message.kind === 'event') return 'settled'
    // It may be about to be started; or it was started, and an old answer does not tell of it.
    if (!this.options.instances.doubts.isSettled(message.id, found.row ? finishedMs : unknownMs)) {
      this.later(message)
      return 'settled'
    }
    this.options.log('debug', 'a message came too late and is dropped', {
      instanceId: message.instanceId,
      kind: message.kind,
    })
    await this.options.store.removeMessages([message.id])
    return 'settled'
  }

  /** Operations reach failed instances too. */
  private async findFor({ instanceId, kind }: InboxMessage): Promise<Found> {
    const { instances } = this.options
    const found = await instances.find(instanceId)
    const isFailed = 'row' in found && found.row?.status === 'Failed'
    return isFailed && kind === 'operation' ? instances.findFinished(instanceId) : found
  }

  /** With which it goes on, if this is a migration. */
  private async programFor(
    { state }: InstanceRunner,
    { kind, payloadJson }: InboxMessage,
  ): Promise<Program | undefined> {
    if (kind !== 'operation') return undefined
    const operation = JSON.parse(payloadJson) as Operation
    if (operation.type !== 'migrate') return undefined
    return (await this.options.definitions.get(state.definition, operation.version)).program
  }

  private post(runner: InstanceRunner, inbox: InboxMessage, program?: Program): Handed {
    const envelope = this.envelopeOf(runner, inbox, program)
    if (!envelope) {
      this.options.instances.useless(runner, [inbox.id])
      return 'settled'
    }
    const forget = () => this.underWay.delete(inbox.id)
    const done = (events: readonly HistoryEvent[]) => {
      if (events.length === 0) forget()
    }
    runner.post({ ...envelope, done, dropped: forget })
    return 'posted'
  }

  /** Null: meant for an execution that is over. */
  private envelopeOf(runner: InstanceRunner, inbox: InboxMessage, program?: Program): Envelope | null {
    const message = messageOf(runner, inbox)
    if (!message) return null
    return {
      message,
      inboxId: inbox.id,
      ...(inbox.kind === 'child' ? { executionId: runner.state.executionId } : {}),
      ...(program === undefined ? {} : { program }),
    }
  }

  /** Where others write to the inbox it is read through again and again anyway. */
  private later(message: InboxMessage): void {
    if (this.options.store.exclusive) this.options.clock.after(againAfterMs, () => void this.deliver(message))
  }

  private async handByKey(message: InboxMessage): Promise<Handed> {
    const { store } = this.options
    const [instanceId] = await store.findByCorrelationKey(message.instanceId.slice('key:'.length))
    // Nobody waits under it yet: it stays until somebody does.
    if (instanceId === undefined) return 'settled'
    if (await store.readdress(message.id, message.instanceId, instanceId)) return this.hand({ ...message, instanceId })
    return 'settled'
  }

  private async startChild(message: InboxMessage): Promise<void> {
    const { definitions, launcher, store } = this.options
    const { definition, version, input, parent } = JSON.parse(message.payloadJson) as ChildStart
    try {
      const deployment = await definitions.get(definition, version)
      const executionId = createHash('sha256').update(message.id).digest('hex').slice(0, 12)
      const { instanceId, id: inboxId } = message
      await launcher.launch({
        instanceId,
        executionId,
        deployment,
        input,
        parent,
        ifExists: 'replaceFinished',
        inboxId,
      })
    } catch (error) {
      // Whatever may be otherwise at another time leaves the message where it is.
      if (!(error instanceof EngineError) || !isFinal(error)) throw error
      if (error.code === 'InstanceExists' && (await this.isStarted(message.instanceId, parent)))
        return store.removeMessages([message.id])
      await this.refuse(message, parent, error)
    }
  }

  private async isStarted(instanceId: string, parent: ChildStart['parent']): Promise<boolean> {
    const found = await this.options.instances.find(instanceId)
    if ('runner' in found) return isSameParent(found.runner.state.parent ?? undefined, parent)
    if (!found.row) throw new Error(`${instanceId} is said to exist, but was not found`)
    return found.row.parentId === parent.instanceId
  }

  /** The child cannot be: its parent is told so. */
  private async refuse(message: InboxMessage, parent: ChildStart['parent'], error: EngineError): Promise<void> {
    const { store, clock } = this.options
    const answer: ChildAnswer = {
      executionId: parent.executionId,
      message: {
        type: 'childFailed',
        task: parent.task,
        failure: {
          type: 'SubOrchestrationFailed',
          message: error.message,
          details: { code: error.code },
          nonRetryable: true,
        },
      },
    }
    const refusal: InboxMessage = {
      id: `${message.id}/refused`,
      instanceId: parent.instanceId,
      kind: 'child',
      payloadJson: JSON.stringify(answer),
      at: clock.now(),
    }
    if (parent.mode !== 'detach') await store.putMessage(refusal)
    await store.removeMessages([message.id])
    if (parent.mode !== 'detach') this.take([refusal])
  }
}

const isFinal = ({ code }: EngineError): boolean => code === 'UnknownDefinition' || code === 'InstanceExists'

/** Null: meant for an execution that is over. */
function messageOf(runner: InstanceRunner, inbox: InboxMessage): Message | null {
  if (inbox.kind === 'event') {
    const { messageId = inbox.id, ...event } = JSON.parse(inbox.payloadJson) as SentEvent & {
      readonly messageId?: string
    }
    return { type: 'event', ...event, messageId }
  }
  if (inbox.kind === 'operation') return { ...(JSON.parse(inbox.payloadJson) as Operation), messageId: inbox.id }
  const answer = JSON.parse(inbox.payloadJson) as ChildAnswer
  return answer.executionId === runner.state.executionId ? answer.message : null
}
