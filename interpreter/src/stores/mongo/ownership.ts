// Who holds which instance. A lease is one document per engine, by the server's clock; an engine without a live lease is
// dead, and what it owns may be taken. Leases spare work, the log's race keeps things right: a claim that comes too late
// does no harm.
//
// A claim finds candidates by a plain indexed read and then takes each by its _id, only if it is still as it was read.
// That works the same on one server and on shards, and an idle system pays for three small reads.
import { randomBytes } from 'node:crypto'
import type { Document, Filter } from 'mongodb'
import type { InstanceRow } from '../store.ts'
import type { Connection } from './connection.ts'
import { INSTANCES, type InstanceDocument, OPEN, rowOf } from './instance-document.ts'
import type { Projection } from './projection.ts'
import { updateEach } from './write-command.ts'

export const ENGINES = 'engines'
const CLAIM_ATTEMPTS = 3

interface EngineDocument extends Document {
  readonly _id: string
  readonly leaseUntil: Date
  readonly isLapsed: boolean
}

type Candidate = Pick<InstanceDocument, '_id' | 'owner' | 'claimAt'>

export interface Ownership {
  renewLease(engineId: string, leaseMs: number): Promise<boolean>
  releaseLease(engineId: string): Promise<void>
  claimDue(engineId: string, limit: number): Promise<InstanceRow[]>
  claim(engineId: string, instanceId: string): Promise<InstanceRow | null>
  nextDue(): Promise<number | null>
  /** An instance is claimable now. */
  isSomethingDue(): Promise<boolean>
}

export function mongoOwnership(connection: Connection, projection: Projection): Ownership {
  const instances = connection.db.collection<InstanceDocument>(INSTANCES)
  const engines = connection.db.collection<EngineDocument>(ENGINES)
  const isUnfinished = { status: { $in: [...OPEN] } }

  const due: Filter<InstanceDocument> = { claimAt: { $exists: true }, $expr: { $lte: ['$claimAt', '$$NOW'] } }

  async function liveAmong(engineIds: readonly string[]): Promise<Set<string>> {
    const live = await engines
      .find({ _id: { $in: [...engineIds] }, $expr: { $gt: ['$leaseUntil', '$$NOW'] } }, { projection: { _id: 1 } })
      .toArray()
    return new Set(live.map((engine) => engine._id))
  }

  /** Lets go of all that an engine held under a lease that has run out. */
  async function freeAllOf(engineId: string): Promise<void> {
    await projection.flush()
    await instances.updateMany({ owner: { $eq: engineId }, ...isUnfinished }, [
      { $set: { claimAt: '$$NOW' } },
      { $unset: 'owner' },
    ])
  }

  async function freeAndDue(limit: number): Promise<Candidate[]> {
    return await instances
      .find(due, { projection: { claimAt: 1 } })
      .sort({ claimAt: 1 })
      .limit(limit)
      .toArray()
  }

  async function heldByTheDead(engineId: string, limit: number): Promise<Candidate[]> {
    // Without a filter it skips through the index from owner to owner, however much each one holds.
    const owners = (await instances.distinct('owner')).filter((owner) => owner !== undefined)
    if (owners.length === 0) return []
    const live = await liveAmong(owners)
    const dead = owners.filter((owner) => owner !== engineId && !live.has(owner))
    if (dead.length === 0) return []
    return await instances
      .find({ owner: { $in: dead }, ...isUnfinished }, { projection: { owner: 1 } })
      .limit(limit)
      .toArray()
  }

  async function take(engineId: string, candidates: readonly Candidate[]): Promise<InstanceRow[]> {
    if (candidates.length === 0) return []
    const claim = randomBytes(9).toString('base64url')
    const u = { $set: { owner: engineId, claim }, $unset: { claimAt: '' } }
    const updates = candidates.map((candidate) => ({
      q: { _id: candidate._id, ...isUnfinished, ...asItWasRead(candidate) },
      u,
    }))
    await updateEach(connection.db, INSTANCES, updates)
    const ids = candidates.map((candidate) => candidate._id)
    const taken = await instances.find({ _id: { $in: ids }, claim: { $eq: claim }, owner: { $eq: engineId } }).toArray()
    return taken.map(rowOf)
  }

  return {
    async renewLease(engineId, leaseMs) {
      const renewed = { $add: ['$$NOW', leaseMs] }
      const hasLapsed = { $and: [{ $eq: [{ $type: '$leaseUntil' }, 'date'] }, { $lte: ['$leaseUntil', '$$NOW'] }] }
      const engine = await engines.findOneAndUpdate(
        { _id: engineId },
        [{ $set: { isLapsed: hasLapsed, leaseUntil: { $cond: [hasLapsed, '$leaseUntil', renewed] } } }],
        { upsert: true, returnDocument: 'after' },
      )
      if (engine?.isLapsed !== true) return true
      // The old lease stays dead until what it held is free, so that nothing is left with an owner who forgot it.
      await freeAllOf(engineId)
      await engines.updateOne({ _id: engineId }, [{ $set: { isLapsed: false, leaseUntil: renewed } }], { upsert: true })
      return false
    },

    async releaseLease(engineId) {
      await projection.flush()
      await engines.deleteOne({ _id: engineId })
    },

    async claimDue(engineId, limit) {
      if (limit <= 0) return []
      await projection.flush()
      const free = await take(engineId, await freeAndDue(limit))
      if (free.length >= limit) return free
      return [...free, ...(await take(engineId, await heldByTheDead(engineId, limit - free.length)))]
    },

    async claim(engineId, instanceId) {
      if (projection.isWaiting(instanceId)) await projection.flush()
      for (let attempt = 0; attempt < CLAIM_ATTEMPTS; attempt++) {
        const found = await instances.findOne({ _id: instanceId, ...isUnfinished })
        if (found === null) return null
        if (found.owner === engineId) return rowOf(found)
        if (found.owner !== undefined && (await liveAmong([found.owner])).has(found.owner)) return null
        const taken = await instances.findOneAndUpdate(
          {
            _id: instanceId,
            ...isUnfinished,
            owner: found.owner === undefined ? { $exists: false } : { $eq: found.owner },
          },
          { $set: { owner: engineId }, $unset: { claimAt: '' } },
          { returnDocument: 'after' },
        )
        if (taken !== null) return rowOf(taken)
      }
      return null
    },

    async nextDue() {
      await projection.flush()
      const next = await instances
        .find({ claimAt: { $exists: true } }, { projection: { claimAt: 1 } })
        .sort({ claimAt: 1 })
        .limit(1)
        .next()
      return next?.claimAt?.getTime() ?? null
    },

    async isSomethingDue() {
      return (await instances.findOne(due, { projection: { _id: 1 } })) !== null
    },
  }
}

function asItWasRead(candidate: Candidate): Document {
  if (candidate.owner !== undefined) return { owner: { $eq: candidate.owner } }
  return { owner: { $exists: false }, claimAt: candidate.claimAt }
}
