import { Button } from '@mantine/core'
import { IconBan, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '../api/api-problem.ts'
import { type InstanceStatus, type InstanceSummary, isFinished } from '../api/api-types.ts'
import { operate, purgeInstance } from '../api/instances.ts'
import { keys } from '../api/query-client.ts'
import { confirmAction } from '../ui/confirm-action.tsx'
import { notifyDone, notifyFailed } from '../ui/notify.ts'
import styles from './bulk-actions.module.css'

/** How many calls are under way at a time. */
const width = 6

export interface BulkActionsProps {
  readonly rows: readonly InstanceSummary[]
  readonly onDone: () => void
}

/** What can be done with the selected rows; each button says with how many of them. */
export function BulkActions({ rows, onDone }: BulkActionsProps) {
  const client = useQueryClient()
  const [progress, setProgress] = useState<{ readonly done: number; readonly of: number } | null>(null)
  const idsWith = (allows: (status: InstanceStatus) => boolean) =>
    rows.filter((row) => allows(row.status)).map((row) => row.instanceId)
  const suspendable = idsWith((status) => status === 'Running' || status === 'Pending')
  const resumable = idsWith((status) => status === 'Suspended')
  const terminable = idsWith((status) => !isFinished(status))
  const purgeable = idsWith(isFinished)

  const run = async (ids: readonly string[], word: string, call: (id: string) => Promise<unknown>) => {
    setProgress({ done: 0, of: ids.length })
    const failures = await each(ids, call, (done) => setProgress({ done, of: ids.length }))
    setProgress(null)
    const [first] = failures
    if (first)
      notifyFailed(
        `${failures.length} of ${ids.length} were not ${word}`,
        new Error(`${first.id}: ${messageOf(first.error)}`),
      )
    else notifyDone(`${count(ids.length)} ${word}`)
    void client.invalidateQueries({ queryKey: keys.instances })
    void client.invalidateQueries({ queryKey: keys.definitions })
    onDone()
  }
  const terminate = () =>
    confirmAction({
      title: `Terminate ${count(terminable.length)}?`,
      text: 'What is open in them is given up. This cannot be undone.',
      action: `Terminate ${count(terminable.length)}`,
      onConfirm: () =>
        void run(terminable, 'terminated', (id) =>
          operate(id, 'terminate', { reason: 'Terminated from the list of instances' }),
        ),
    })
  const purge = () =>
    confirmAction({
      title: `Purge ${count(purgeable.length)}?`,
      text: 'They are removed with their whole history. This cannot be undone.',
      action: `Purge ${count(purgeable.length)}`,
      onConfirm: () => void run(purgeable, 'purged', purgeInstance),
    })

  if (progress)
    return (
      <div className={styles.bar} role="status">
        {progress.done} of {progress.of} done…
      </div>
    )
  return (
    <div className={styles.bar} role="toolbar" aria-label="With the selected instances">
      <b>{count(rows.length)} selected</b>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPlayerPause size={13} />}
        disabled={suspendable.length === 0}
        onClick={() => void run(suspendable, 'suspended', (id) => operate(id, 'suspend'))}
      >
        Suspend {suspendable.length}
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPlayerPlay size={13} />}
        disabled={resumable.length === 0}
        onClick={() => void run(resumable, 'resumed', (id) => operate(id, 'resume'))}
      >
        Resume {resumable.length}
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconBan size={13} />}
        disabled={terminable.length === 0}
        onClick={terminate}
      >
        Terminate {terminable.length}…
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconTrash size={13} />}
        disabled={purgeable.length === 0}
        onClick={purge}
      >
        Purge {purgeable.length}…
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={onDone}>
        Select none
      </Button>
    </div>
  )
}

const count = (number: number) => `${number} ${number === 1 ? 'instance' : 'instances'}`

async function each(
  ids: readonly string[],
  call: (id: string) => Promise<unknown>,
  onProgress: (done: number) => void,
): Promise<{ readonly id: string; readonly error: unknown }[]> {
  const failures: { readonly id: string; readonly error: unknown }[] = []
  const waiting = [...ids]
  let done = 0
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      try {
        await call(id)
      } catch (error) {
        failures.push({ id, error })
      }
      done += 1
      onProgress(done)
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  return failures
}
