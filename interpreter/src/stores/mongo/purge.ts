// Forgets finished instances. The row goes last: if this process dies half way, the instance is still in the list and can
// be purged again. A row whose execution is not the log's latest has been started anew meanwhile, and stays.
import type { Connection } from './connection.ts'
import { INBOX } from './inbox.ts'
import { FINISHED, INSTANCES, type InstanceDocument } from './instance-document.ts'
import { LOG, type Log, turns } from './log.ts'
import type { Projection } from './projection.ts'
import { SNAPSHOTS } from './snapshots.ts'
import { deleteEach } from './write-command.ts'

const AT_ONCE = 100

export function mongoPurge(connection: Connection, log: Log, projection: Projection) {
  const { db } = connection
  const instances = db.collection<InstanceDocument>(INSTANCES)
  const isFinished = { status: { $in: [...FINISHED] } }

  async function purgeSome(ids: readonly string[]): Promise<number> {
    const lastTurns = new Map(await Promise.all(ids.map(async (id) => [id, await log.lastTurn(id)] as const)))
    const rows = await instances
      .find({ _id: { $in: [...ids] }, ...isFinished }, { projection: { executionId: 1 } })
      .toArray()
    const gone = rows.filter(({ _id, executionId }) => {
      const last = lastTurns.get(_id)
      return last == null || last.executionId === executionId
    })
    if (gone.length === 0) return 0
    const goneIds = gone.map((row) => row._id)
    await deleteEach(
      db,
      LOG,
      goneIds.map((id) => turns(id, 0, lastTurns.get(id)?.turn ?? 0)),
    )
    await deleteEach(db, SNAPSHOTS, [{ _id: { $in: goneIds } }])
    await deleteEach(db, INBOX, [{ instanceId: { $in: goneIds } }])
    const { n } = await deleteEach(
      db,
      INSTANCES,
      gone.map(({ _id, executionId }) => ({ _id, executionId, ...isFinished })),
    )
    return n
  }

  return async (instanceIds: readonly string[]): Promise<number> => {
    await projection.flush()
    const ids = [...new Set(instanceIds)]
    let count = 0
    for (let at = 0; at < ids.length; at += AT_ONCE) count += await purgeSome(ids.slice(at, at + AT_ONCE))
    return count
  }
}
