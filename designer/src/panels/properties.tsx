// The right panel: the form of what is selected, or of the document.

import type { Json } from '@durable-canvas/schema'
import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  type Icon,
  IconArrowsExchange,
  IconCopy,
  IconDots,
  IconFlag3,
  IconSitemap,
  IconTrash,
} from '@tabler/icons-react'
import { memo, useEffect, useMemo, useRef } from 'react'
import { StepIcon } from '../canvas/step-icon.tsx'
import { diagramOf } from '../drawing/diagram.ts'
import { textAt } from '../drawing/json.ts'
import { isMarkPath } from '../drawing/marks.ts'
import { align, distribute } from '../drawing/operations/align.ts'
import { changeType } from '../drawing/operations/change-type.ts'
import { removeSteps } from '../drawing/operations/remove-steps.ts'
import { setStart } from '../drawing/operations/set-start.ts'
import { idOf, isStartPath } from '../drawing/static-path.ts'
import { stepAt } from '../drawing/tree.ts'
import { FieldOwnerProvider } from '../steps/fields/field-owner.tsx'
import { formOf } from '../steps/forms.ts'
import { kindOf, stepKinds } from '../steps/registry.ts'
import { titleOf } from '../steps/words.ts'
import { duplicateHere } from '../store/drawing-insert.ts'
import { perform, useDrawing } from '../store/drawing-store.ts'
import { beginExtracting } from '../store/extracting.ts'
import { CodedText } from '../ui/coded-text.tsx'
import { alignments, distributions } from './arrangements.ts'
import { DocumentForm } from './document-form.tsx'
import { MarkProperties } from './mark-properties.tsx'
import { PreviewPicker } from './preview-picker.tsx'
import styles from './properties.module.css'
import { useActivityIcon } from './use-activity-icon.ts'
import { useFieldOwnerOf } from './use-field-owner-of.ts'
import { usePreviewData } from './use-preview-data.ts'

export const Properties = memo(function Properties() {
  const selection = useDrawing((state) => state.selection)
  const steps = selection.filter((path) => !isStartPath(path) && !isMarkPath(path))
  const path = steps.at(-1)
  const marks = selection.filter(isMarkPath)
  if (path === undefined && marks.length > 0) return <MarkProperties key={marks.join()} paths={marks} />
  if (steps.length > 1) return <ManySteps paths={steps} />
  return path === undefined ? <DocumentProperties /> : <StepProperties key={path} path={path} />
})

function StepProperties({ path }: { readonly path: string }) {
  const type = useDrawing((state) => stepAt(state.drawing.definition, path)?.type)
  const preview = usePreviewData()
  const owner = useFieldOwnerOf(path, preview)
  const frame = useFieldFocus()
  const form = useMemo(() => {
    const Form = formOf(type)
    return <Form />
  }, [type])
  return (
    <aside className={styles.panel} aria-label="Properties" ref={frame}>
      <StepHead path={path} />
      <PreviewPicker path={path} data={preview} />
      <ul className={styles.problems}>
        {owner.problems
          .filter(({ pointer }) => pointer === '')
          .map(({ problem }) => (
            <li key={problem.code + problem.message} data-severity={problem.severity}>
              <CodedText text={problem.message} />
            </li>
          ))}
      </ul>
      <div className={styles.body}>
        <FieldOwnerProvider owner={owner}>{form}</FieldOwnerProvider>
      </div>
    </aside>
  )
}

function StepHead({ path }: { readonly path: string }) {
  const step = useDrawing((state) => stepAt(state.drawing.definition, path)) ?? {}
  const kind = kindOf(step)
  return (
    <header className={styles.head}>
      <span className={`${styles.icon} ${styles[kind.family]}`}>
        <StepIcon step={step} name={useActivityIcon(textAt(step, 'activity'))} size={18} />
      </span>
      <div className={styles.names}>
        <h2 className={styles.title} title={titleOf(idOf(path), step)}>
          {titleOf(idOf(path), step)}
        </h2>
        <div className={styles.kind} title={path}>
          {kind.title} · <span className="dc-mono">{path}</span>
        </div>
      </div>
      <StepMenu path={path} type={step.type} />
    </header>
  )
}

const StepMenu = memo(function StepMenu({ path, type }: { readonly path: string; readonly type: Json | undefined }) {
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
        <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => duplicateHere([path])}>
          Duplicate
        </Menu.Item>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconArrowsExchange size={14} />}>Change type</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {stepKinds
              .filter((kind) => kind.type !== type)
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
        <Menu.Item leftSection={<IconSitemap size={14} />} onClick={beginExtracting}>
          Extract to a sub-orchestration…
        </Menu.Item>
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
})

function DocumentProperties() {
  const title = useDrawing(({ drawing: { definition } }) => String(definition.title || definition.name || 'Definition'))
  const preview = usePreviewData()
  const owner = useFieldOwnerOf(undefined, preview)
  const frame = useFieldFocus()
  const form = useMemo(() => <DocumentForm />, [])
  return (
    <aside className={styles.panel} aria-label="Properties" ref={frame}>
      <header className={styles.head}>
        <div className={styles.names}>
          <h2 className={styles.title} title={title}>
            {title}
          </h2>
          <div className={styles.kind}>The workflow itself</div>
        </div>
      </header>
      <PreviewPicker path={undefined} data={preview} />
      <div className={styles.body}>
        <FieldOwnerProvider owner={owner}>{form}</FieldOwnerProvider>
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
      <Arrange paths={paths} />
      <div className={styles.arrange}>
        <Button variant="default" leftSection={<IconSitemap size={14} />} onClick={beginExtracting}>
          Extract to a sub-orchestration…
        </Button>
      </div>
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

function Arrange({ paths }: { readonly paths: readonly string[] }) {
  const tool = (label: string, Shown: Icon, run: () => void) => (
    <ActionIcon key={label} variant="default" aria-label={label} title={label} onClick={run}>
      <Shown size={16} stroke={1.6} />
    </ActionIcon>
  )
  return (
    <div className={styles.arrange} role="toolbar" aria-label="Arrange">
      {alignments.map(({ to, label, icon }) =>
        tool(label, icon, () => void perform((before) => align(before, diagramOf(before), paths, to))),
      )}
      {distributions.map(({ along, label, icon }) =>
        tool(label, icon, () => void perform((before) => distribute(before, diagramOf(before), paths, along))),
      )}
      {tool('Duplicate', IconCopy, () => duplicateHere(paths))}
      {tool('Delete', IconTrash, () => void perform((before) => removeSteps(before, paths)))}
    </div>
  )
}

/** Brings the field that a problem was gone to into view, opens its section and puts the cursor in. */
function useFieldFocus() {
  const frame = useRef<HTMLElement>(null)
  const field = useDrawing((state) => state.focusedField)
  useEffect(() => {
    if (field === undefined) return undefined
    const find = () =>
      [...(frame.current?.querySelectorAll<HTMLElement>('[data-field]') ?? [])]
        .filter(({ dataset }) => field === dataset.field || field.startsWith(`${dataset.field}/`))
        .sort((a, b) => (b.dataset.field?.length ?? 0) - (a.dataset.field?.length ?? 0))[0]
    // Closed sections are not drawn: what is looked for may be in one of them.
    if (field !== '' && find() === undefined) {
      for (const head of frame.current?.querySelectorAll<HTMLButtonElement>(
        '[data-section] > h3 > button[aria-expanded="false"]',
      ) ?? [])
        head.click()
    }
    const timer = setTimeout(() => {
      const found = find()
      found?.scrollIntoView({ block: 'center' })
      found?.querySelector<HTMLElement>('textarea, input')?.focus()
    })
    return () => clearTimeout(timer)
  }, [field])
  return frame
}
