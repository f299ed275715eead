// The state of one execution: what the fold of its history gives. Owned by `evolve`, which changes it in place;
// copying it on every event would make a long history quadratic.
import type { Failure, HistoryEvent, Json, ParentRef, PendingCompensation, RaisedEvent } from '@durable-canvas/schema'
import type { Message } from './message.ts'

export type Status = 'Pending' | 'Running' | 'Suspended' | 'Completed' | 'Failed' | 'Terminated'

export interface State {
  instanceId: string
  executionId: string
  definition: string
  version: number
  semantics: number
  status: Status
  input: Json
  output: Json
  failure: Failure | null
  customStatus: Json
  variables: Record<string, Json>
  createdAt: string
  updatedAt: string
  completedAt: string | null
  /** The seq of the last event; 0 before the first. */
  seq: number
  parent: ParentRef | null
  /** Open scopes by their path; the document's own is ''. */
  frames: Map<string, Frame>
  /** What the instance waits for, by the seq of the event that began the wait. */
  tasks: Map<number, Task>
  /** External events that nobody has consumed yet, in order of arrival. */
  raised: RaisedEvent[]
  /** Messages already taken, so that a second delivery changes nothing. */
  messageIds: Set<string>
  /** What arrived while suspended, in order. */
  deferred: Message[]
  /** In order of completion. */
  compensations: PendingCompensation[]
  /** Frames that fell while the failure of the present message was on its way up; rewind stands them up again. */
  fallen: Frame[]
  /** Set by continue-as-new: this execution is over and the next begins with it. */
  continued: { readonly executionId: string; readonly input: Json; readonly carried: readonly RaisedEvent[] } | null
}

/** One open scope: the document, a branch, an item, or the body of a scope step. One step of it is active at a time. */
export interface Frame {
  path: string
  /** The static path of its scope program: '' | 'fork[left]' | 'each' | 'try'. */
  scope: string
  /** The frame that the container step stands in; null for the root. */
  parent: string | null
  /** The branch name or item index as text; '' for the body of a scope step and the root. */
  key: string
  input: Json
  item: Json
  index: number
  visits: Record<string, number>
  /** Outputs of the latest completed visits, by step id. */
  outputs: Record<string, Json>
  /** The latest error that a catch of this scope took. */
  error: Json
  current: Visit | null
  /** It fell by a failure of its own, not by being given up. */
  failed: boolean
}

/** One execution of a step, while it is open. */
export interface Visit {
  path: string
  step: string
  /** The open task, if it waits for one. */
  task: number | null
  /** Of the activity, the child or the scope body; counts from 1. */
  attempt: number
  /** When the first attempt was asked for. */
  firstAt: string
  /** What was asked for, to ask again on a retry. */
  request: TaskRequest | null
  fan: Fan | null
}

export interface TaskRequest {
  readonly activity: string
  readonly input: Json
  readonly compensates?: string
}

/** The inner life of a container step. */
export interface Fan {
  /** The input of its bodies, if it evaluated one. */
  input: Json
  hasInput: boolean
  items: readonly Json[]
  /** Keys of the frames that are open. */
  open: Set<string>
  next: number
  completed: number
  failed: number
  results: Record<string, Json>
  /** For `compensate`: what is to be undone, in that order. */
  compensations: readonly PendingCompensation[]
}

export type TaskKind =
  | 'start'
  | 'executionTimeout'
  | 'activity'
  | 'timer'
  | 'retry'
  | 'event'
  | 'subOrchestration'
  | 'scopeTimeout'

export interface Task {
  readonly id: number
  readonly kind: TaskKind
  /** The step's path. */
  readonly path: string
  readonly frame: string
  /** ISO 8601. */
  readonly since: string
  readonly dueAt: string | null
  /** The activity, the event, or the child's instance id. */
  readonly name: string
  readonly attempt: number
  /** The event that opened it, for what only the shell needs. */
  readonly event: HistoryEvent | null
}

export function createState(): State {
  return {
    instanceId: '',
    executionId: '',
    definition: '',
    version: 0,
    semantics: 0,
    status: 'Pending',
    input: null,
    output: null,
    failure: null,
    customStatus: null,
    variables: {},
    createdAt: '',
    updatedAt: '',
    completedAt: null,
    seq: 0,
    parent: null,
    frames: new Map(),
    tasks: new Map(),
    raised: [],
    messageIds: new Set(),
    deferred: [],
    compensations: [],
    fallen: [],
    continued: null,
  }
}

export const createFrame = (path: string, scope: string, parent: string | null, key: string, input: Json): Frame => ({
  path,
  scope,
  parent,
  key,
  input,
  item: null,
  index: -1,
  visits: {},
  outputs: {},
  error: null,
  current: null,
  failed: false,
})

/** Nothing follows any more, whatever arrives (a failed one may be rewound). */
export const isFinished = (state: State): boolean =>
  state.status === 'Completed' || state.status === 'Failed' || state.status === 'Terminated' || state.continued !== null
