// Starting an instance: the first turn is the race for the id. Whoever loses it is told what is there already.
import type { Json, ParentRef } from '@durable-canvas/schema'
import { isFinished, type StartMessage } from '../core/index.ts'
import type { WorkflowStore } from '../stores/store.ts'
import type { Deployment } from './definitions.ts'
import { isSameParent } from './effects.ts'
import { EngineError, type StartOptions } from './engine-types.ts'
import { type Instances, StartLost } from './instances.ts'
import { isFinishedRow } from './results.ts'
import { InstanceRunner } from './runner.ts'

export interface Launch {
  readonly instanceId: string
  readonly executionId: string
  readonly deployment: Deployment
  readonly input: Json
  readonly startAt?: number
  readonly parent?: ParentRef
  readonly restart?: { readonly restartOf: string; readonly reason?: string }
  readonly by?: string
  readonly ifExists: NonNullable<StartOptions['ifExists']>
  readonly inboxId?: string
}

export class Launcher {
  private readonly store: WorkflowStore
  private readonly instances: Instances
  private readonly starting = new Map<string, Promise<unknown>>()

  constructor(store: WorkflowStore, instances: Instances) {
    this.store = store
    this.instances = instances
  }

  /** Durable when it resolves. False: ifExists "return" found one there. Throws InstanceExists. */
  async launch(launch: Launch): Promise<boolean> {
    const { instanceId } = launch
    for (let before = this.starting.get(instanceId); before; before = this.starting.get(instanceId))
      await before.catch(() => undefined)
    const created = this.create(launch).finally(() => this.starting.delete(instanceId))
    this.starting.set(instanceId, created)
    return created
  }

  private async create(launch: Launch): Promise<boolean> {
    const there = this.instances.inMemory(launch.instanceId)
    if (there) {
      if (!isFinished(there.state) || there.state.continued) return this.exists(launch, there.state.status)
      // Finished, but its row may not say so yet.
      await this.instances.projector.flush()
      this.instances.remove(there)
    } else if (await this.begin(launch, 0)) return true
    const { instanceId } = launch
    const row = (await this.store.getInstance(instanceId)) ?? (await this.instances.repairRow(instanceId))
    // Lost to somebody, and yet nothing to be seen of it: not known enough to say that it is there.
    if (!row) throw new EngineError('StoreUnavailable', `whether ${instanceId} was started is not known; try again`)
    if (launch.ifExists !== 'replaceFinished' || !isFinishedRow(row)) return this.exists(launch, row.status)
    // The same start, delivered once more after all is over.
    if (launch.parent && isSameParent((await this.instances.stateOf(row)).parent, launch.parent))
      return this.exists(launch, row.status)
    const kept = row.status === 'Failed' ? await this.store.readMessages(instanceId) : []
    if (!(await this.begin(launch, row.turn, row.executionId))) return this.exists(launch, undefined)
    // Events that waited for the rewind of what is now replaced; the new execution never asked for them.
    await this.store.removeMessages(kept.flatMap(({ id, kind }) => (kind === 'event' ? [id] : [])))
    return true
  }

  private exists({ instanceId, ifExists }: Launch, status: EngineError['status']): boolean {
    if (ifExists === 'return') return false
    throw new EngineError(
      'InstanceExists',
      `there is an instance ${instanceId} already`,
      status === undefined ? {} : { status },
    )
  }

  /** False: the turn was taken. */
  private begin(launch: Launch, afterTurn: number, continuedFrom?: string): Promise<boolean> {
    const { instanceId, executionId, input, startAt, parent, restart, by, inboxId } = launch
    const message: StartMessage = {
      type: 'start',
      instanceId,
      executionId,
      input,
      ...(startAt === undefined ? {} : { startAt }),
      ...(continuedFrom === undefined ? {} : { continuedFrom }),
      ...(parent === undefined ? {} : { parent }),
      ...restart,
      ...(by === undefined ? {} : { by }),
    }
    const position = { turn: afterTurn, baseTurn: afterTurn }
    const runner = new InstanceRunner(this.instances, instanceId, launch.deployment.program, position)
    this.instances.add(runner)
    return new Promise<boolean>((resolve, reject) => {
      runner.post({
        message,
        ...(inboxId === undefined ? {} : { inboxId }),
        done: () => resolve(true),
        failed: (error) => (error instanceof StartLost ? resolve(false) : reject(error)),
      })
    })
  }
}
