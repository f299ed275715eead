// What the history tells of one execution of one step, and of the whole: the forms that visits.ts folds events into.
import type { Failure, Json } from '@durable-canvas/schema'
import type { InstanceStatus } from '../api/api-types.ts'
import type { StepStateName } from './step-state.ts'

/** Milliseconds since 1970. */
export type Instant = number

/** One attempt of an activity, or one child instance. */
export interface Attempt {
  /** The seq of the event that asked for it. */
  readonly seq: number
  readonly number: number
  /** The activity, or the child's definition. */
  readonly name: string
  readonly childId: string | null
  readonly queuedAt: Instant
  readonly dueAt: Instant | null
  /** When a worker began it; null while it is queued, or when history does not tell. */
  startedAt: Instant | null
  endedAt: Instant | null
  outcome: 'open' | 'completed' | 'failed' | 'cancelled'
  failure: Failure | null
  /** The path of what it undoes. */
  readonly undoes: string | null
}

/** A stretch in which nothing runs. */
export interface Pause {
  readonly seq: number
  readonly kind: 'backoff' | 'timer' | 'event'
  readonly from: Instant
  readonly dueAt: Instant | null
  /** The event's name. */
  readonly name: string | null
  /** Backoff: the attempt that follows. */
  readonly attempt: number | null
  to: Instant | null
  outcome: 'open' | 'fired' | 'consumed' | 'timedOut' | 'cancelled'
}

export type VisitKind =
  | 'activity'
  | 'subOrchestration'
  | 'timer'
  | 'event'
  | 'container'
  | 'branch'
  | 'item'
  | 'compensate'
  | 'instant'

export interface Visit {
  readonly path: string
  readonly staticPath: string
  readonly id: string
  readonly number: number
  readonly key: string | null
  readonly parent: Visit | null
  readonly depth: number
  readonly children: Visit[]
  readonly from: Instant
  kind: VisitKind
  state: StepStateName
  since: Instant
  to: Instant | null
  readonly attempts: Attempt[]
  readonly pauses: Pause[]
  failure: Failure | null
  /** The step that a catch went on with after this one failed. */
  caughtBy: string | null
  /** forEach: the collection. */
  items: readonly Json[] | null
  /** The seqs of all events that speak of it, in order. */
  readonly events: number[]
}

/** Something that happened to the instance as a whole, shown across all rows. */
export interface Mark {
  readonly seq: number
  readonly at: Instant
  readonly kind: 'event' | 'suspended' | 'resumed' | 'rewound' | 'migrated' | 'terminated'
  readonly text: string
}

export interface Span {
  readonly from: Instant
  to: Instant | null
}

/** An execution, unfolded from its history up to some event. Changed in place by the fold alone. */
export interface Unfolding {
  executionId: string | null
  status: InstanceStatus
  seq: number
  startedAt: Instant | null
  /** The time of the latest event. */
  lastAt: Instant | null
  endedAt: Instant | null
  input: Json
  output: Json
  customStatus: Json
  failure: Failure | null
  variables: { [name: string]: Json }
  readonly visits: Map<string, Visit>
  readonly roots: Visit[]
  readonly marks: Mark[]
  readonly suspensions: Span[]
  readonly tasks: Map<number, { readonly visit: Visit; readonly attempt: Attempt }>
  readonly timers: Map<number, { readonly visit: Visit; readonly pause: Pause }>
  /** Data of external events by the seq of their EventRaised (0 or less: carried over). */
  readonly raised: Map<number, { readonly name: string; readonly data: Json }>
}

export const emptyUnfolding = (): Unfolding => ({
  executionId: null,
  status: 'Pending',
  seq: 0,
  startedAt: null,
  lastAt: null,
  endedAt: null,
  input: null,
  output: null,
  customStatus: null,
  failure: null,
  variables: {},
  visits: new Map(),
  roots: [],
  marks: [],
  suspensions: [],
  tasks: new Map(),
  timers: new Map(),
  raised: new Map(),
})
