import type { Json } from '@durable-canvas/schema'
import { Alert, Button, Drawer, Textarea } from '@mantine/core'
import { IconRocket } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem, messageOf } from '../api/api-problem.ts'
import { useDeploy, useVersions } from '../api/definitions.ts'
import { changesBetween } from '../drawing/version-differences.ts'
import { useDrawing } from '../store/drawing-store.ts'
import { CodedText } from '../ui/coded-text.tsx'
import { notifyDone } from '../ui/notify.ts'
import { ChangeList } from './change-list.tsx'
import styles from './designer.module.css'
import { openByVersion } from './open-instances.ts'
import { goToProblem } from './problems-panel.tsx'
import { useDeployed } from './use-deployed.ts'

export interface DeployPanelProps {
  readonly name: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onDeployed: () => void
}

/** What deploying would change, before it does; the draft stays as it is. */
export function DeployPanel({ name, isOpen, onClose, onDeployed }: DeployPanelProps) {
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={480}
      title="Deploy"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {isOpen && <Sheet name={name} onClose={onClose} onDeployed={onDeployed} />}
    </Drawer>
  )
}

function Sheet({ name, onClose, onDeployed }: Omit<DeployPanelProps, 'isOpen'>) {
  const drawing = useDrawing((state) => state.drawing)
  const problems = useDrawing((state) => state.problems)
  const deployed = useDeployed(name)
  const client = useQueryClient()
  const deploy = useDeploy()
  const [comment, setComment] = useState('')
  const errors = problems.filter(({ severity }) => severity === 'error')
  const version = (deployed?.version ?? 0) + 1
  const isSame = deployed != null && changesBetween(deployed.definition, drawing.definition).length === 0
  const isRenamed = drawing.definition.name !== name

  const run = async () => {
    const layout = drawing.layout as unknown as Json
    const answer = await deploy.mutateAsync({ definition: drawing.definition, layout, ...(comment && { comment }) })
    await client.invalidateQueries()
    onDeployed()
    notifyDone(`Version ${answer.version} of ${answer.name} is deployed.`)
    onClose()
  }
  const refused = deploy.error instanceof ApiProblem ? deploy.error.problems : []
  return (
    <div className={styles.sheet}>
      <section>
        <h3>{deployed ? `What changes since version ${deployed.version}` : 'What is deployed'}</h3>
        {deployed ? (
          <ChangeList
            before={deployed.definition}
            after={drawing.definition}
            empty="Nothing: the same content keeps its version."
          />
        ) : (
          <p className={styles.note}>The first version of {name}.</p>
        )}
      </section>
      <section>
        <h3>Problems</h3>
        {problems.length === 0 ? (
          <p className={styles.note}>None.</p>
        ) : (
          <ul className={styles.changes}>
            {problems.map((problem) => (
              <li key={`${problem.path} ${problem.code} ${problem.message}`}>
                <span className={styles.sign} data-type={problem.severity === 'error' ? 'removed' : 'changed'}>
                  !
                </span>
                <button
                  type="button"
                  className={styles.goTo}
                  onClick={() => {
                    onClose()
                    goToProblem(problem)
                  }}
                >
                  {problem.step ? `${problem.step}: ` : ''}
                  <CodedText text={problem.message} />
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      {deployed && <OpenInstances name={name} next={version} />}
      {isRenamed && (
        <Alert color="yellow" title="Another name">
          The definition says its name is “{String(drawing.definition.name)}”: it will be deployed under that name,
          beside {name}.
        </Alert>
      )}
      <Textarea
        label="Comment"
        placeholder="Why this version"
        autosize
        minRows={2}
        value={comment}
        onChange={({ currentTarget }) => setComment(currentTarget.value)}
      />
      {deploy.error && (
        <Alert color="red" title="Nothing was deployed">
          {messageOf(deploy.error)}
          {refused.map((problem) => (
            <div key={problem.path + problem.message}>
              <CodedText text={problem.message} />
            </div>
          ))}
        </Alert>
      )}
      <Button
        leftSection={<IconRocket size={14} />}
        loading={deploy.isPending}
        disabled={errors.length > 0 || isSame}
        onClick={() => run().catch(() => undefined)}
      >
        {errors.length > 0
          ? `${errors.length} ${errors.length === 1 ? 'error has' : 'errors have'} to be mended first`
          : isSame
            ? `Version ${deployed.version} is this already`
            : `Deploy version ${version}`}
      </Button>
    </div>
  )
}

/** Only of a name that is deployed. */
function OpenInstances({ name, next }: { readonly name: string; readonly next: number }) {
  const { data: versions } = useVersions(name)
  const open = versions && openByVersion(versions)
  return (
    <section aria-label="Instances">
      <h3>Instances</h3>
      <p className={styles.note}>
        {open === undefined
          ? versions && 'None runs on an earlier version.'
          : `${open}. What runs keeps its version; new instances take version ${next}.`}
      </p>
    </section>
  )
}
