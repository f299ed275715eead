// What was deployed before: compared with the draft or with each other, or taken back into the draft.
import { Button, Drawer, Group } from '@mantine/core'
import { useState } from 'react'
import type { VersionSummary } from '../api/api-types.ts'
import { useDefinitions, useVersion, useVersions } from '../api/definitions.ts'
import { takeDrawing } from '../drawing/operations/take-drawing.ts'
import { readLayout } from '../drawing/read-layout.ts'
import { perform, useDrawing } from '../store/drawing-store.ts'
import { notifyDone } from '../ui/notify.ts'
import { PanelSkeleton } from '../ui/skeletons.tsx'
import { RelativeTime } from '../ui/time.tsx'
import { ChangeList } from './change-list.tsx'
import styles from './designer.module.css'
import { openInstances, openWords } from './open-instances.ts'
import type { Compared } from './use-comparison.ts'
import { drawingOf } from './use-draft-session.ts'

export interface VersionsPanelProps {
  readonly name: string
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Shows both on the canvas. */
  readonly onCompare: (compared: Compared) => void
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
      {isOpen && <VersionsOf name={name} onClose={onClose} onCompare={onCompare} />}
    </Drawer>
  )
}

/** Only what is there is asked for: a refused request stands in the browser's console as an error. */
function VersionsOf(props: Omit<VersionsPanelProps, 'isOpen'>) {
  const { data: definitions } = useDefinitions()
  if (definitions === undefined) return <PanelSkeleton />
  const isDeployed = definitions.some(({ name }) => name === props.name)
  return isDeployed ? <Versions {...props} /> : <p className={styles.note}>Nothing was deployed under this name yet.</p>
}

function Versions({ name, onClose, onCompare }: Omit<VersionsPanelProps, 'isOpen'>) {
  const { data: versions } = useVersions(name)
  const [open, setOpen] = useState<number>()
  if (versions === undefined) return <PanelSkeleton />
  const compare = (compared: Compared) => {
    onCompare(compared)
    onClose()
  }
  return (
    <ol
      className={styles.sheet}
      style={{ margin: 0, padding: 0, listStyle: 'none' }}
      aria-label="Versions, newest first"
    >
      {versions.map((one, index) => (
        <Version
          key={one.version}
          version={one}
          before={versions[index + 1]?.version}
          isOpen={open === one.version}
          onOpen={() => setOpen(open === one.version ? undefined : one.version)}
          onCompare={compare}
          onDone={onClose}
        />
      ))}
    </ol>
  )
}

interface VersionProps {
  readonly version: VersionSummary
  /** The one that was deployed before it. */
  readonly before: number | undefined
  readonly isOpen: boolean
  readonly onOpen: () => void
  readonly onCompare: (compared: Compared) => void
  readonly onDone: () => void
}

function Version({ version: one, before, isOpen, onOpen, onCompare, onDone }: VersionProps) {
  const { name, version, deployedAt, comment, instances } = one
  const open = openInstances(instances)
  return (
    <li className={styles.nested} aria-label={`Version ${version}`}>
      <Group justify="space-between">
        <strong>Version {version}</strong>
        <span className={styles.note}>
          {open > 0 && `${openWords(open)} · `}
          <RelativeTime at={deployedAt} />
        </span>
      </Group>
      {comment && <p className={styles.note}>{comment}</p>}
      <Group gap={8}>
        <Button variant="default" size="compact-xs" onClick={onOpen}>
          {isOpen ? 'Hide the changes' : 'What has changed since'}
        </Button>
        <Button variant="default" size="compact-xs" onClick={() => onCompare({ before: version, after: undefined })}>
          Compare with the draft
        </Button>
        {before !== undefined && (
          <Button variant="default" size="compact-xs" onClick={() => onCompare({ before, after: version })}>
            Compare with version {before}
          </Button>
        )}
        <Restore name={name} version={version} onDone={onDone} />
      </Group>
      {isOpen && <Changes name={name} version={version} />}
    </li>
  )
}

function Changes({ name, version }: { readonly name: string; readonly version: number }) {
  const { data } = useVersion(name, version)
  const draft = useDrawing((state) => state.drawing.definition)
  return data ? <ChangeList before={data.definition} after={draft} empty="Nothing: the draft is this version." /> : null
}

interface RestoreProps {
  readonly name: string
  readonly version: number
  readonly onDone: () => void
}

/** A version that was deployed without a layout leaves answers, tests and notes of the draft where they are. */
function Restore({ name, version, onDone }: RestoreProps) {
  const { data } = useVersion(name, version)
  return (
    <Button
      variant="default"
      size="compact-xs"
      disabled={!data}
      onClick={() => {
        if (!data) return
        const { definition } = drawingOf(data.definition, data.layout, name)
        perform((before) => {
          const layout = readLayout(data.layout) ?? { ...before.layout, positions: {} }
          return takeDrawing(before, { definition, layout }, `Restore version ${version}`)
        })
        notifyDone(`The draft is version ${version} again. Undo brings back what it was.`)
        onDone()
      }}
    >
      Restore into the draft
    </Button>
  )
}
