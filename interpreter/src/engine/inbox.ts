// Messages from the store's inbox on their way to an instance: from parents and children, from other instances, from other processes.
import { createHash } from 'node:crypto'
import type { Message } from '../core/index.ts'
import type { InboxMessage, WorkflowStore } from '../stores/store.ts'
import type { Clock } from './clock.ts'
import type { Definitions } from './definitions.ts'
import { type ChildAnswer, type ChildStart, isSameParent, type SentEvent } from './effects.ts'
import { EngineError, type EngineLog } from './engine-types.ts'
import type { Instances } from './instances.ts'
import type { Launcher } from './launcher.ts'
import { isFinishedRow } from './results.ts'
import type { InstanceRunner } from './runner.ts'

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

export class Inbox {
  private readonly options: InboxOptions
  /** Messages on their way, so that a signal and a reading do not deliver the same one twice at a time. */
  private readonly underWay = new Set<string>()
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
    await this.readAll()
  }

  stop(): void {
    this.isStopped = true
    this.cancelRead()
    this.unsubscribe()
  }

  take(messages: readonly InboxMessage[]): void {
    for (const message of messages) void this.deliver(message)
  }

  /** Messages to whoever waits under these keys. */
  async takeByKeys(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.take(await this.options.store.readMessages(`key:${key}`))
  }

  private async readAll(): Promise<void> {
    const { store, engineId, log, clock } = this.options
    try {
      const messages = await store.pendingMessages(engineId, batch)
      await Promise.all(messages.map((message) => this.deliver(message)))
    } catch (error) {
      log('warn', 'the inbox could not be read', { error: String(error) })
    }
    if (!this.isStopped && !store.exclusive) this.cancelRead = clock.after(readEveryMs, () => void this.readAll())
  }

  private async deliver(message: InboxMessage): Promise<void> {
    if (this.isStopped || this.underWay.has(message.id)) return
    this.underWay.add(message.id)
    try {
      await this.hand(message)
    } catch (error) {
      this.options.log('warn', 'a message could not be delivered; it stays in the inbox', {
        instanceId: message.instanceId,
        kind: message.kind,
        error: String(error),
      })
      if (this.options.store.exclusive) this.options.clock.after(1_000, () => void this.deliver(message))
    } finally {
      this.underWay.delete(message.id)
    }
  }

  private async hand(message: InboxMessage): Promise<void> {
    if (message.instanceId.startsWith('key:')) return this.handByKey(message)
    if (message.kind === 'start') return this.startChild(message)
    const found = await this.options.instances.find(message.instanceId)
    if ('runner' in found) return this.post(found.runner, message)
    if (found.row && !isFinishedRow(found.row)) return
    this.options.log('debug', 'a message came too late and is dropped', {
      instanceId: message.instanceId,
      kind: message.kind,
    })
    await this.options.store.removeMessages([message.id])
  }

  private async post(runner: InstanceRunner, inbox: InboxMessage): Promise<void> {
    const message = this.messageOf(runner, inbox)
    if (!message) return this.options.store.removeMessages([inbox.id])
    runner.post({ message, inboxId: inbox.id })
  }

  /** Null: meant for an execution that is over. */
  private messageOf(runner: InstanceRunner, inbox: InboxMessage): Message | null {
    if (inbox.kind === 'event') {
      const { messageId = inbox.id, ...event } = JSON.parse(inbox.payloadJson) as SentEvent & {
        readonly messageId?: string
      }
      return { type: 'event', ...event, messageId }
    }
    if (inbox.kind === 'operation') return JSON.parse(inbox.payloadJson) as Message
    const answer = JSON.parse(inbox.payloadJson) as ChildAnswer
    return answer.executionId === runner.state.executionId ? answer.message : null
  }

  private async handByKey(message: InboxMessage): Promise<void> {
    const { store } = this.options
    const [instanceId] = await store.findByCorrelationKey(message.instanceId.slice('key:'.length))
    // Nobody waits under it yet: it stays until somebody does.
    if (instanceId === undefined) return
    if (await store.readdress(message.id, message.instanceId, instanceId)) await this.hand({ ...message, instanceId })
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
      if (!(error instanceof EngineError)) throw error
      if (error.code === 'InstanceExists' && (await this.isStarted(message.instanceId, parent)))
        return store.removeMessages([message.id])
      await this.refuse(message, parent, error)
    }
  }

  private async isStarted(instanceId: string, parent: ChildStart['parent']): Promise<boolean> {
    const found = await this.options.instances.find(instanceId)
    if ('runner' in found) return isSameParent(found.runner.state.parent ?? undefined, parent)
    return found.row?.parentId === parent.instanceId
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
