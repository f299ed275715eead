// The indexes, few on purpose: each one is paid for at every write. The log has none but _id. Uniqueness rests on _id
// alone everywhere, since that is all that a sharded cluster can promise.
import type { Db, IndexDescription } from 'mongodb'

export const BY_DEFINITION = 'definition_newest'

const INDEXES: Readonly<Record<string, readonly IndexDescription[]>> = {
  instances: [
    { name: 'newest', key: { createdAt: -1, _id: -1 } },
    // With version and status at its end, counts and filtered lists need no document.
    { name: BY_DEFINITION, key: { definition: 1, createdAt: -1, _id: -1, version: 1, status: 1 } },
    { name: 'status_newest', key: { status: 1, createdAt: -1, _id: -1 } },
    {
      name: 'parent_newest',
      key: { parentId: 1, createdAt: -1, _id: -1 },
      partialFilterExpression: { parentId: { $exists: true } },
    },
    { name: 'correlation', key: { correlationKeys: 1 }, sparse: true },
    { name: 'owner', key: { owner: 1 }, sparse: true },
    { name: 'claim', key: { claimAt: 1 }, sparse: true },
  ],
  inbox: [
    { name: 'instance_arrived', key: { instanceId: 1, arrived: 1 } },
    { name: 'arrived', key: { arrived: 1 } },
  ],
  definitions: [{ name: 'name_version', key: { name: 1, version: -1 } }],
  // Leases that ended a week ago; only tidying, nothing depends on it.
  engines: [{ name: 'forgotten', key: { leaseUntil: 1 }, expireAfterSeconds: 7 * 24 * 3_600 }],
}

export async function createIndexes(db: Db): Promise<void> {
  await Promise.all(Object.entries(INDEXES).map(([name, all]) => db.collection(name).createIndexes([...all])))
}
