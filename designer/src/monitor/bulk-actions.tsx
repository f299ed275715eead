// What is done to many instances at once: some calls at a time, with a count of what is done and of what was refused.
import { Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '../api/api-problem.ts'
import { type InstanceStatus, type InstanceSummary, isFinished } from '../api/api-types.ts'
import { operate, purgeInstance } from '../api/instances.ts'
import { keys } from '../api/query-client.ts'
import { confirmAction } from '../ui/confirm-action.tsx'
import { notifyDone, notifyFailed } from '../ui/notify.ts'
import styles from './bulk-actions.module.css'
import { FormButton } from './form-button.tsx'
import { operationWords } from './operation-button.tsx'
import { type Because, OperationForm } from './operation-form.tsx'

/** How many calls are under way at a time. */
const width = 6

export interface BulkActionsProps {
  readonly rows: readonly InstanceSummary[]
  /** Loads and selects the rest of what fits the filter; null when all of it is selected or it has no rest. */
  readonly onSelectAll: (() => void) | null
  readonly onDone: () => void
}

const allowed = {
  suspend: (status: InstanceStatus) => status === 'Running' || status === 'Pending',
  resume: (status: InstanceStatus) => status === 'Suspended',
  terminate: (status: InstanceStatus) => !isFinished(status),
  rewind: (status: InstanceStatus) => status === 'Failed',
} as const

/** What can be done with the selected rows; each button says with how many of them. */
export function BulkActions({ rows, onSelectAll, onDone }: BulkActionsProps) {
  const client = useQueryClient()
  const [progress, setProgress] = useState<{ readonly done: number; readonly of: number } | null>(null)
  const idsWith = (allows: (status: InstanceStatus) => boolean) =>
    rows.filter((row) => allows(row.status)).map((row) => row.instanceId)
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
      {(['suspend', 'resume', 'rewind', 'terminate'] as const).map((operation) => {
        const { verb, icon, done, note, example, isGrave } = operationWords[operation]
        const ids = idsWith(allowed[operation])
        return (
          <FormButton
            key={operation}
            label={`${verb} ${ids.length}…`}
            icon={icon}
            isSmall
            isDisabled={ids.length === 0}
            position="bottom-start"
          >
            {() => (
              <OperationForm
                action={`${verb} ${count(ids.length)}`}
                note={note}
                example={example}
                isGrave={isGrave}
                onSubmit={(because: Because) => void run(ids, done, (id) => operate(id, operation, because))}
              />
            )}
          </FormButton>
        )
      })}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconTrash size={13} />}
        disabled={purgeable.length === 0}
        onClick={purge}
      >
        Purge {purgeable.length}…
      </Button>
      {onSelectAll && (
        <Button size="compact-xs" variant="subtle" onClick={onSelectAll}>
          Select all that fit the filter
        </Button>
      )}
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
