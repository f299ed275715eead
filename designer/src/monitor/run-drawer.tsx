import { Drawer } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useDefinition, useVersion } from '../api/definitions.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { PanelSkeleton } from '../ui/skeletons.tsx'

const RunForm = lazy(async () => ({ default: (await import('../panels/run-form.tsx')).RunForm }))

export interface RunDrawerProps {
  /** Null: closed. */
  readonly name: string | null
  /** Without it the latest one. */
  readonly version?: number
  readonly onClose: () => void
}

/** Starts an instance of a deployed definition, then goes to it. */
export function RunDrawer({ name, version, onClose }: RunDrawerProps) {
  return (
    <Drawer
      opened={name !== null}
      onClose={onClose}
      position="right"
      size={480}
      title={name === null ? '' : `Run ${name}${version === undefined ? '' : `, version ${version}`}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {name !== null && <Sheet name={name} version={version} />}
    </Drawer>
  )
}

function Sheet({ name, version }: { readonly name: string; readonly version: number | undefined }) {
  const latest = useDefinition(version === undefined ? name : undefined)
  const chosen = useVersion(version === undefined ? undefined : name, version)
  const query = version === undefined ? latest : chosen
  if (query.error)
    return (
      <ErrorState title="The definition could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
    )
  if (!query.data) return <PanelSkeleton />
  return (
    <Suspense fallback={<PanelSkeleton />}>
      <RunForm name={name} version={query.data.version} schema={query.data.definition.input} />
    </Suspense>
  )
}
