// The right panel: the form of what is selected, or of the document.
import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowsExchange, IconCopy, IconDots, IconFlag3, IconTrash } from '@tabler/icons-react'
import { memo, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import { useActivities } from '../api/definitions.ts'
import { StepIcon } from '../canvas/step-icon.tsx'
import type { JsonObject } from '../drawing/json.ts'
import { namesInReach, type OutputSchemaOf, sampleInReach } from '../drawing/names-in-reach.ts'
import { changeType } from '../drawing/operations/change-type.ts'
import { duplicate } from '../drawing/operations/paste.ts'
import { removeSteps } from '../drawing/operations/remove-steps.ts'
import { setStart } from '../drawing/operations/set-start.ts'
import { idOf, isStartPath } from '../drawing/static-path.ts'
import { stepAt } from '../drawing/tree.ts'
import { type FieldOwner, FieldOwnerProvider, problemsOf } from '../steps/fields/field-owner.tsx'
import { formOf } from '../steps/forms.ts'
import { kindOf, stepKinds } from '../steps/registry.ts'
import { titleOf } from '../steps/words.ts'
import { perform, useDrawing } from '../store/drawing-store.ts'
import { DocumentForm } from './document-form.tsx'
import styles from './properties.module.css'

export const Properties = memo(function Properties() {
  const selection = useDrawing((state) => state.selection)
  const steps = selection.filter((path) => !isStartPath(path))
  const path = steps.at(-1)
  if (steps.length > 1) return <ManySteps paths={steps} />
  return path === undefined ? <DocumentProperties /> : <StepProperties key={path} path={path} />
})

function useOwner(path: string | undefined, value: JsonObject): FieldOwner {
  const definition = useDrawing((state) => state.drawing.definition)
  const mocks = useDrawing((state) => state.drawing.layout.mocks)
  const problems = useDrawing((state) => state.problems)
  const { data: activities } = useActivities()
  // What can be completed may lag behind the typing; the field itself never does.
  const settled = useDeferredValue(definition)
  const outputOf = useMemo((): OutputSchemaOf => {
    const outputs = new Map((activities ?? []).map(({ name, output }) => [name, output ?? undefined]))
    return (step) => {
      if (step.type === 'activity') return outputs.get(String(step.activity))
      return step.type === 'waitForEvent' ? step.schema : undefined
    }
  }, [activities])
  const names = useMemo(() => namesInReach(settled, path, outputOf), [settled, path, outputOf])
  const sample = useMemo(() => {
    const known = Object.entries(mocks ?? {}).flatMap(([at, mock]) =>
      mock.result === undefined ? [] : [[at, mock.result]],
    )
    return sampleInReach(settled, path, outputOf, Object.fromEntries(known))
  }, [settled, path, outputOf, mocks])
  const own = useMemo(() => problemsOf(problems, path), [problems, path])
  return useMemo(() => ({ step: path, value, problems: own, names, sample }), [path, value, own, names, sample])
}

function StepProperties({ path }: { readonly path: string }) {
  const step = useDrawing((state) => stepAt(state.drawing.definition, path)) ?? {}
  const owner = useOwner(path, step)
  const Form = formOf(step.type)
  const kind = kindOf(step)
  const frame = useFieldFocus()
  return (
    <aside className={styles.panel} aria-label="Properties" ref={frame}>
      <header className={styles.head}>
        <span className={`${styles.icon} ${styles[kind.family]}`}>
          <StepIcon step={step} size={18} />
        </span>
        <div className={styles.names}>
          <h2 className={styles.title}>{titleOf(idOf(path), step)}</h2>
          <div className={styles.kind}>
            {kind.title} · <span className="dc-mono">{path}</span>
          </div>
        </div>
        <StepMenu path={path} step={step} />
      </header>
      <ul className={styles.problems}>
        {owner.problems
          .filter(({ pointer }) => pointer === '')
          .map(({ problem }) => (
            <li key={problem.code + problem.message} data-severity={problem.severity}>
              {problem.message}
            </li>
          ))}
      </ul>
      <div className={styles.body}>
        <FieldOwnerProvider owner={owner}>
          <Form />
        </FieldOwnerProvider>
      </div>
    </aside>
  )
}

function StepMenu({ path, step }: { readonly path: string; readonly step: JsonObject }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label="More for this step">
          <IconDots size={16} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFlag3 size={14} />} onClick={() => perform((before) => setStart(before, path))}>
          Start here
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => perform((before) => duplicate(before, [path]))}>
          Duplicate
        </Menu.Item>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconArrowsExchange size={14} />}>Change type</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {stepKinds
              .filter((kind) => kind.type !== step.type)
              .map((kind) => (
                <Menu.Item
                  key={kind.type}
                  leftSection={<kind.icon size={14} stroke={1.6} />}
                  onClick={() => perform((before) => changeType(before, path, kind.create()))}
                >
                  {kind.title}
                </Menu.Item>
              ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash size={14} />}
          onClick={() => perform((before) => removeSteps(before, [path]))}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function DocumentProperties() {
  const definition = useDrawing((state) => state.drawing.definition)
  const owner = useOwner(undefined, definition)
  const frame = useFieldFocus()
  return (
    <aside className={styles.panel} aria-label="Properties" ref={frame}>
      <header className={styles.head}>
        <div className={styles.names}>
          <h2 className={styles.title}>{String(definition.title || definition.name || 'Definition')}</h2>
          <div className={styles.kind}>The workflow itself</div>
        </div>
      </header>
      <div className={styles.body}>
        <FieldOwnerProvider owner={owner}>
          <DocumentForm />
        </FieldOwnerProvider>
      </div>
    </aside>
  )
}

function ManySteps({ paths }: { readonly paths: readonly string[] }) {
  return (
    <aside className={styles.panel} aria-label="Properties">
      <header className={styles.head}>
        <div className={styles.names}>
          <h2 className={styles.title}>{paths.length} steps</h2>
          <div className={styles.kind}>What is done now is done to all of them</div>
        </div>
      </header>
      <ul className={styles.many}>
        {paths.map((path) => (
          <li key={path} className="dc-mono">
            {path}
          </li>
        ))}
      </ul>
    </aside>
  )
}

/** Brings the field that a problem was gone to into view, opens its section and puts the cursor in. */
function useFieldFocus() {
  const frame = useRef<HTMLElement>(null)
  const field = useDrawing((state) => state.focusedField)
  useEffect(() => {
    if (field === undefined) return
    const fields = [...(frame.current?.querySelectorAll<HTMLElement>('[data-field]') ?? [])]
    const found = fields
      .filter((element) => field === element.dataset.field || field.startsWith(`${element.dataset.field}/`))
      .sort((a, b) => (b.dataset.field?.length ?? 0) - (a.dataset.field?.length ?? 0))[0]
    const head = found?.closest('[data-section]')?.querySelector<HTMLButtonElement>('button[aria-expanded="false"]')
    head?.click()
    setTimeout(() => {
      found?.scrollIntoView({ block: 'center' })
      found?.querySelector<HTMLElement>('textarea, input')?.focus()
    })
  }, [field])
  return frame
}
