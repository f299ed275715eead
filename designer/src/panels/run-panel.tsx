import { Alert, Button, Drawer } from '@mantine/core'
import { changesBetween } from '../drawing/version-differences.ts'
import { useDrawing } from '../store/drawing-store.ts'
import styles from './designer.module.css'
import { RunForm } from './run-form.tsx'
import { useDeployed } from './use-deployed.ts'

export interface RunPanelProps {
  readonly name: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onDeploy: () => void
}

/** Starts an instance of what is deployed; says so where the draft is another thing by now. */
export function RunPanel({ name, isOpen, onClose, onDeploy }: RunPanelProps) {
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={480}
      title="Run"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {isOpen && <Sheet name={name} onDeploy={onDeploy} />}
    </Drawer>
  )
}

function Sheet({ name, onDeploy }: Pick<RunPanelProps, 'name' | 'onDeploy'>) {
  const deployed = useDeployed(name)
  const definition = useDrawing((state) => state.drawing.definition)
  if (deployed == null) {
    return (
      <div className={styles.sheet}>
        <p className={styles.note}>Only a deployed version can run, and there is none of {name} yet.</p>
        <Button onClick={onDeploy}>Deploy…</Button>
      </div>
    )
  }
  const changes = changesBetween(deployed.definition, definition).length
  return (
    <div className={styles.sheet}>
      {changes > 0 && (
        <Alert color="yellow" title={`This runs version ${deployed.version}`}>
          The draft has {changes} {changes === 1 ? 'change' : 'changes'} that {changes === 1 ? 'is' : 'are'} not
          deployed.{' '}
          <Button variant="default" size="compact-xs" onClick={onDeploy}>
            Deploy…
          </Button>
        </Alert>
      )}
      <RunForm name={name} version={deployed.version} schema={deployed.definition.input} />
    </div>
  )
}
