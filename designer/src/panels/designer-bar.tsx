// What stands above the drawing board: what is drawn, how it is saved and seen, and what can be done with it.
import { ActionIcon, Badge, Button, SegmentedControl, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconFlask,
  IconLayoutDistributeVertical,
  IconPlayerPlay,
  IconRocket,
} from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { addresses } from '../app/addresses.ts'
import { redoLabel, undoLabel } from '../drawing/history.ts'
import { tidy } from '../drawing/operations/tidy.ts'
import { problemCountWords } from '../steps/words.ts'
import { perform, redoEdit, undoEdit, useDrawing } from '../store/drawing-store.ts'
import { PageBar } from '../ui/page-bar.tsx'
import styles from './designer.module.css'
import { MoreMenu } from './more-menu.tsx'
import { SaveNote } from './save-note.tsx'
import { useDeployed } from './use-deployed.ts'
import type { DraftSession } from './use-draft-session.ts'

export type Mode = 'design' | 'split' | 'code'

const modes = [
  { value: 'design', label: 'Design' },
  { value: 'split', label: 'Split' },
  { value: 'code', label: 'Code' },
]

export interface DesignerBarProps {
  readonly name: string
  readonly session: DraftSession
  readonly mode: Mode
  readonly onMode: (mode: Mode) => void
  readonly onVersions: () => void
  readonly onTry: () => void
  readonly onRun: () => void
  readonly onDeploy: () => void
  readonly onProblems: () => void
}

export function DesignerBar({ name, session, mode, onMode, ...on }: DesignerBarProps) {
  const deployed = useDeployed(name)
  const title = useDrawing((state) => state.drawing.definition.title)
  return (
    <PageBar
      crumbs={[
        { label: 'Definitions', to: addresses.definitions },
        { label: typeof title === 'string' && title !== '' ? title : name },
      ]}
      actions={
        <>
          <UndoButtons />
          <Tooltip label="Tidy up the layout">
            <ActionIcon aria-label="Tidy up the layout" onClick={() => perform((before) => tidy(before))}>
              <IconLayoutDistributeVertical size={17} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <MoreMenu onVersions={on.onVersions} />
          <SegmentedControl
            size="xs"
            aria-label="View"
            data={modes}
            value={mode}
            onChange={(next) => onMode(next as Mode)}
          />
          <Button variant="default" leftSection={<IconFlask size={14} />} onClick={on.onTry}>
            Try
          </Button>
          <Button variant="default" leftSection={<IconPlayerPlay size={14} />} onClick={on.onRun}>
            Run
          </Button>
          <Button leftSection={<IconRocket size={14} />} onClick={on.onDeploy}>
            Deploy v{(deployed?.version ?? 0) + 1}
          </Button>
        </>
      }
    >
      <Badge className={styles.version ?? ''} variant="default" size="sm" tt="none" fw={500}>
        {deployed ? `v${deployed.version}` : 'never deployed'}
      </Badge>
      <SaveNote save={session.save} onRetry={session.saveNow} />
      <ProblemCount onOpen={on.onProblems} />
    </PageBar>
  )
}

function UndoButtons() {
  const undoing = useDrawing((state) => undoLabel(state.history))
  const redoing = useDrawing((state) => redoLabel(state.history))
  return (
    <>
      <Tooltip label={undoing ? `Undo: ${undoing}` : 'Nothing to undo'}>
        <ActionIcon aria-label="Undo" disabled={undoing === undefined} onClick={undoEdit}>
          <IconArrowBackUp size={17} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={redoing ? `Redo: ${redoing}` : 'Nothing to redo'}>
        <ActionIcon aria-label="Redo" disabled={redoing === undefined} onClick={redoEdit}>
          <IconArrowForwardUp size={17} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </>
  )
}

function ProblemCount({ onOpen }: { readonly onOpen: () => void }) {
  const errors = useDrawing((state) => state.problems.filter(({ severity }) => severity === 'error').length)
  const warnings = useDrawing((state) => state.problems.length) - errors
  const [isSettled, setSettled] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), 600)
    return () => clearTimeout(timer)
  }, [])
  if (!isSettled || errors + warnings === 0) return null
  return (
    <button type="button" className={styles.problems} data-severity={errors > 0 ? 'error' : 'warning'} onClick={onOpen}>
      {problemCountWords(errors, warnings)}
    </button>
  )
}
