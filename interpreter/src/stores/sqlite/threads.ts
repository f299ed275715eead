// One thread writes and a second one reads, so that a long list delays no commit. The second is started by the first
// read. A database in memory belongs to one connection, so there the writer reads too.
import { WorkerChannel } from './worker-channel.ts'
import type { WorkerStart } from './worker-protocol.ts'

export interface Threads {
  readonly commit: WorkerChannel['commit']
  readonly write: WorkerChannel['call']
  readonly read: WorkerChannel['call']
  close(): Promise<void>
}

export async function startThreads({ file, synchronous }: Omit<WorkerStart, 'role'>): Promise<Threads> {
  const writer = new WorkerChannel({ role: 'writer', file, synchronous })
  await writer.ready
  let reader: WorkerChannel | null = file === ':memory:' ? writer : null
  let closed: Promise<void> | null = null

  async function close(): Promise<void> {
    // The writer last: the last connection to close folds the write-ahead log into the file.
    if (reader !== null && reader !== writer) await reader.close()
    await writer.close()
  }

  return {
    commit: (commit) => writer.commit(commit),
    write: (name, ...parameters) => writer.call(name, ...parameters),
    read(name, ...parameters) {
      // When closed, the writer's refusal is the answer.
      if (closed !== null) return writer.call(name, ...parameters)
      // Not waited for: what is asked before the thread is ready is done when it is.
      reader ??= new WorkerChannel({ role: 'reader', file, synchronous })
      return reader.call(name, ...parameters)
    },
    close() {
      closed ??= close()
      return closed
    },
  }
}
