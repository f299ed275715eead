// What was deployed before: compared with the draft on the canvas, or taken back into it.
import { Button, Drawer, Group } from '@mantine/core'
import { useState } from 'react'
import { useVersion, useVersions } from '../api/definitions.ts'
import type { JsonObject } from '../drawing/json.ts'
import { replaceDefinition } from '../drawing/operations/replace-definition.ts'
import { readLayout } from '../drawing/read-layout.ts'
import { perform, useDrawing } from '../store/drawing-store.ts'
import { notifyDone } from '../ui/notify.ts'
import { RelativeTime } from '../ui/time.tsx'
import { ChangeList } from './change-list.tsx'
import styles from './designer.module.css'

export interface VersionsPanelProps {
  readonly name: string
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Shows on the canvas what the draft has become since. */
  readonly onCompare: (version: number) => void
}

export function VersionsPanel({ name, isOpen, onClose, onCompare }: VersionsPanelProps) {
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={480}
      title="Versions"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {isOpen && <Versions name={name} onClose={onClose} onCompare={onCompare} />}
    </Drawer>
  )
}

function Versions({ name, onClose, onCompare }: Omit<VersionsPanelProps, 'isOpen'>) {
  const { data: versions = [] } = useVersions(name)
  const [open, setOpen] = useState<number>()
  if (versions.length === 0) return <p className={styles.note}>Nothing was deployed under this name yet.</p>
  return (
    <div className={styles.sheet}>
      {versions.map(({ version, deployedAt, comment }) => (
        <section key={version} className={styles.nested}>
          <Group justify="space-between">
            <strong>Version {version}</strong>
            <span className={styles.note}>
              <RelativeTime at={deployedAt} />
            </span>
          </Group>
          {comment && <p className={styles.note}>{comment}</p>}
          <Group gap={8}>
            <Button variant="default" size="compact-xs" onClick={() => setOpen(open === version ? undefined : version)}>
              {open === version ? 'Hide the changes' : 'What has changed since'}
            </Button>
            <Button
              variant="default"
              size="compact-xs"
              onClick={() => {
                onCompare(version)
                onClose()
              }}
            >
              Show on the canvas
            </Button>
            <Restore name={name} version={version} onDone={onClose} />
          </Group>
          {open === version && <Changes name={name} version={version} />}
        </section>
      ))}
    </div>
  )
}

function Changes({ name, version }: { readonly name: string; readonly version: number }) {
  const { data } = useVersion(name, version)
  const draft = useDrawing((state) => state.drawing.definition)
  return data ? <ChangeList before={data.definition} after={draft} empty="Nothing: the draft is this version." /> : null
}

function Restore({
  name,
  version,
  onDone,
}: {
  readonly name: string
  readonly version: number
  readonly onDone: () => void
}) {
  const { data } = useVersion(name, version)
  return (
    <Button
      variant="default"
      size="compact-xs"
      disabled={!data}
      onClick={() => {
        if (!data) return
        const definition = data.definition as unknown as JsonObject
        perform((before) => replaceDefinition(before, definition, readLayout(data.layout) ?? { positions: {} }))
        notifyDone(`The draft is version ${version} again. Undo brings back what it was.`)
        onDone()
      }}
    >
      Restore into the draft
    </Button>
  )
}
