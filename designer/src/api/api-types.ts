// What crosses the wire, as the API page of the design fixes it.
import type { Definition, Failure, Json, JsonSchema, Problem, RetryPolicy } from '@durable-canvas/schema'

export const instanceStatuses = ['Pending', 'Running', 'Suspended', 'Completed', 'Failed', 'Terminated'] as const
export type InstanceStatus = (typeof instanceStatuses)[number]

export const isFinished = (status: InstanceStatus): boolean =>
  status === 'Completed' || status === 'Failed' || status === 'Terminated'

export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

export interface DefinitionSummary {
  readonly name: string
  readonly title: string | null
  readonly version: number
  readonly versions: number
  readonly hash: string
  readonly deployedAt: string
  readonly instances: Readonly<Partial<Record<InstanceStatus, number>>>
}

export interface DefinitionVersion {
  readonly name: string
  readonly version: number
  readonly hash: string
  readonly deployedAt: string
  readonly comment: string | null
  readonly definition: Definition
  readonly layout: Json
}

/** What the list of versions tells of each. */
export interface VersionSummary {
  readonly name: string
  readonly title: string | null
  readonly version: number
  readonly hash: string
  readonly deployedAt: string
  readonly comment: string | null
  readonly instances: Readonly<Partial<Record<InstanceStatus, number>>>
}

/** A drawing not yet deployed, valid or not: `definition` may be anything that the author is in the middle of. */
export interface Draft {
  readonly name?: string
  readonly definition: Definition
  readonly layout: Json
  readonly revision: number
  readonly updatedAt?: string
}

export interface DraftSummary {
  readonly name: string
  readonly revision: number
  readonly updatedAt?: string
}

export interface Deployed {
  readonly name: string
  readonly version: number
  readonly hash: string
  readonly problems: readonly Problem[]
}

export interface Validation {
  readonly valid: boolean
  readonly problems: readonly Problem[]
}

export interface ActivityInfo {
  readonly name: string
  readonly title?: string | null
  readonly description?: string | null
  readonly icon?: string | null
  readonly input?: JsonSchema | null
  readonly output?: JsonSchema | null
  readonly retry?: RetryPolicy | null
}

export interface WaitingFor {
  readonly kind: 'activity' | 'timer' | 'event' | 'subOrchestration'
  readonly step: string
  readonly since: string
  readonly name?: string
  readonly dueAt?: string
  readonly attempt?: number
  /** Activities: whether a worker has begun the attempt. */
  readonly running?: boolean
}

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
  readonly parent: string | null
  readonly waitingFor: readonly WaitingFor[]
  /** The seq of the latest event that this tells of. */
  readonly seq?: number
}

export interface Instance extends InstanceSummary {
  readonly input: Json
  readonly output: Json
}

export interface InstanceQuery {
  readonly definition?: string
  readonly version?: number
  /** Comma separated. */
  readonly status?: string
  readonly idPrefix?: string
  readonly createdFrom?: string
  readonly createdTo?: string
  readonly parent?: string
  readonly limit?: number
}

export interface StartRequest {
  readonly definition: string
  readonly version?: number
  readonly instanceId?: string
  readonly input?: Json
  readonly startAt?: string
  readonly ifExists?: 'return' | 'replaceFinished'
}

export type Operation = 'suspend' | 'resume' | 'terminate' | 'rewind' | 'migrate' | 'restart'

export interface OperationRequest {
  readonly reason?: string
  readonly by?: string
  readonly newInstanceId?: string
  readonly input?: Json
  readonly version?: number
}
