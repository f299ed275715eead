// What the world tells an instance. `decide` answers each with the events that follow.
import type { Failure, Json, ParentRef, RaisedEvent } from '@durable-canvas/schema'

export interface Operator {
  readonly reason?: string
  readonly by?: string
  /** The same one again changes nothing. */
  readonly messageId?: string
}

export interface StartMessage {
  readonly type: 'start'
  readonly instanceId: string
  readonly executionId: string
  readonly input: Json
  /** Milliseconds since 1970: Pending until then. */
  readonly startAt?: number
  readonly parent?: ParentRef
  readonly continuedFrom?: string
  readonly carried?: readonly RaisedEvent[]
  readonly messageIds?: readonly string[]
  /** The instance that is restarted by this; it may be the same. */
  readonly restartOf?: string
  readonly reason?: string
  readonly by?: string
}

export type Message =
  | StartMessage
  | { readonly type: 'activityCompleted'; readonly task: number; readonly result: Json; readonly startedAt?: string }
  | { readonly type: 'activityFailed'; readonly task: number; readonly failure: Failure; readonly startedAt?: string }
  /** The task's due time has come: a timer fires, a wait or an attempt times out. */
  | { readonly type: 'due'; readonly task: number }
  | {
      readonly type: 'event'
      readonly name: string
      readonly data: Json
      readonly messageId?: string
      readonly by?: string
    }
  | { readonly type: 'childCompleted'; readonly task: number; readonly result: Json }
  | { readonly type: 'childFailed'; readonly task: number; readonly failure: Failure }
  | ({ readonly type: 'suspend' } & Operator)
  | ({ readonly type: 'resume' } & Operator)
  | ({ readonly type: 'terminate' } & Operator)
  | ({ readonly type: 'rewind' } & Operator)
  | ({ readonly type: 'migrate'; readonly version: number; readonly hash?: string } & Operator)
