// The thread in which a database lives, so that no fsync stops the server. It does one group after the other.
import { parentPort, workerData } from 'node:worker_threads'
import { StoreLocked } from '../store.ts'
import { failureOf, groupsOf } from './group.ts'
import { type OpenDatabase, openDatabase } from './open-database.ts'
import type { FromWorker, ToWorker, WorkerStart } from './worker-protocol.ts'

if (parentPort === null) throw new Error('sqlite-worker runs as a worker thread only')
const port = parentPort
const answer = (message: FromWorker) => port.postMessage(message)

const start: WorkerStart = workerData
try {
  work(await openDatabase(start))
  answer({ type: 'ready' })
} catch (error) {
  answer({ type: 'refused', failure: failureOf(error, error instanceof StoreLocked) })
}

function work({ db, close }: OpenDatabase): void {
  const groups = groupsOf(db)
  port.on('message', (message: ToWorker) => {
    switch (message.type) {
      case 'group':
        return answer(start.role === 'writer' ? groups.write(message.columns) : groups.read(message.columns))
      case 'close':
        close()
        // Nothing else keeps the thread: it ends.
        return port.close()
    }
  })
}
