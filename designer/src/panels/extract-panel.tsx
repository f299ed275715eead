// Takes the selected steps out into a definition of their own: asks what it is called, says what goes in and out of it,
// or why it cannot be.
import type { Json } from '@durable-canvas/schema'
import { Alert, Button, Drawer, TextInput } from '@mantine/core'
import { IconSitemap } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '../api/api-problem.ts'
import { useDefinitions } from '../api/definitions.ts'
import { saveDraft, useDraftNames } from '../api/drafts.ts'
import { keys } from '../api/query-client.ts'
import { canvasCommands } from '../canvas/canvas-commands.ts'
import { withContents } from '../drawing/clip-marks.ts'
import { isName, nameFrom } from '../drawing/definition-name.ts'
import type { Drawing } from '../drawing/drawing.ts'
import { type Plan, planExtraction } from '../drawing/extract/plan.ts'
import { isRefusal, type Refusal } from '../drawing/extract/region.ts'
import { groupAt } from '../drawing/marks.ts'
import { contentOf, type Extraction, extractSteps } from '../drawing/operations/extract-steps.ts'
import { stepPath } from '../drawing/static-path.ts'
import { stepAt } from '../drawing/tree.ts'
import { counted, titleOf } from '../steps/words.ts'
import { perform, select, useDrawing } from '../store/drawing-store.ts'
import { beginExtracting, endExtracting, useExtracting } from '../store/extracting.ts'
import { useTry } from '../store/try-run.ts'
import { useTryActions, usualInput } from '../try/use-try-actions.ts'
import { notifyDone } from '../ui/notify.ts'
import { useShortcut } from '../ui/shortcuts.ts'
import styles from './designer.module.css'

export function ExtractPanel() {
  const isOpen = useExtracting((state) => state.isOpen)
  useShortcut({
    id: 'designer.extract',
    title: 'Extract the steps to a sub-orchestration…',
    keys: 'shift+e',
    group: 'Steps',
    run: beginExtracting,
  })
  return (
    <Drawer
      opened={isOpen}
      onClose={endExtracting}
      position="right"
      size={420}
      title="Extract to a sub-orchestration"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {isOpen && <Sheet />}
    </Drawer>
  )
}

/** A group stands for what is in it. */
function selectedPaths(): readonly string[] {
  const { drawing, selection } = useDrawing.getState()
  return withContents(drawing, selection)
}

function Sheet() {
  const [paths] = useState(selectedPaths)
  const definition = useDrawing((state) => state.drawing.definition)
  const [plan] = useState(() => planExtraction(definition, paths))
  if (isRefusal(plan)) return <Refused {...plan} />
  return <Form plan={plan} paths={paths} />
}

function Refused({ reason, step }: Refusal) {
  return (
    <div className={styles.sheet}>
      <Alert color="yellow" title="These steps cannot be taken out together">
        {reason}
      </Alert>
      {step !== undefined && (
        <Button
          variant="default"
          onClick={() => {
            endExtracting()
            select([step])
            canvasCommands()?.show(step)
          }}
        >
          Show {step}
        </Button>
      )}
    </div>
  )
}

function Form({ plan, paths }: { readonly plan: Plan; readonly paths: readonly string[] }) {
  const [title, setTitle] = useState(() => titleFor(plan))
  const [typedName, setTypedName] = useState<string>()
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const taken = useTakenNames()
  const client = useQueryClient()
  const name = typedName ?? freeName(nameFrom(title), taken)
  const wrong = wrongName(name, taken)
  const { steps, inputs, outputs } = contentOf(plan)
  const { resultOf } = useTryActions()

  /** The core comes along only where there are answers to run with. */
  const answering = async () => {
    const { mocks, tests } = useDrawing.getState().drawing.layout
    if (mocks === undefined && tests === undefined) return (_: Drawing, extraction: Extraction) => extraction
    const { answerCall } = await import('../drawing/extract/mocked-call.ts')
    const given = { input: useTry.getState().input ?? usualInput(), resultOf }
    return (before: Drawing, extraction: Extraction) => answerCall(before, extraction, given)
  }

  const extract = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const { child } = extractSteps(useDrawing.getState().drawing, plan, name, title.trim())
      const body = { definition: child.definition, layout: child.layout as unknown as Json }
      const answer = await saveDraft(name, body, null)
      if (!answer.saved) return setError(`There is a draft of ${name} already.`)
      await client.invalidateQueries({ queryKey: keys.drafts })
      // Nothing else can have been drawn while the panel lay over it, except by another tab.
      const now = planExtraction(useDrawing.getState().drawing.definition, paths)
      if (isRefusal(now)) return setError(now.reason)
      const answered = await answering()
      perform((before) => answered(before, extractSteps(before, now, name, title.trim())).edit)
      endExtracting()
      notifyDone(`${counted(steps, 'step')} went into ${name}. Deploy it before this one runs.`)
    } catch (thrown) {
      setError(messageOf(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className={styles.sheet}
      onSubmit={(event) => {
        event.preventDefault()
        if (wrong === undefined && !isBusy) void extract()
      }}
    >
      <TextInput
        label="Title"
        value={title}
        onChange={({ currentTarget }) => setTitle(currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label="Name"
        description="What programs call it; it stays."
        value={name}
        onChange={({ currentTarget }) => setTypedName(currentTarget.value)}
        error={wrong ?? error}
      />
      <section>
        <h3>What goes into it</h3>
        <p className={styles.note}>{inputs.length === 0 ? 'Nothing.' : <Names names={inputs} />}</p>
      </section>
      <section>
        <h3>What comes out of it</h3>
        <p className={styles.note}>{outputs.length === 0 ? resultWords(plan) : <Names names={outputs} />}</p>
      </section>
      {plan.notes.length > 0 && (
        <section>
          <h3>What will be different</h3>
          {plan.notes.map((note) => (
            <p key={note} className={styles.note}>
              {note}
            </p>
          ))}
        </section>
      )}
      <Button type="submit" leftSection={<IconSitemap size={14} />} loading={isBusy} disabled={wrong !== undefined}>
        Extract {counted(steps, 'step')} to {name || 'it'}
      </Button>
    </form>
  )
}

const Names = ({ names }: { readonly names: readonly string[] }) =>
  names.map((name, index) => (
    <span key={name}>
      {index > 0 && ', '}
      <code className="dc-mono">{name}</code>
    </span>
  ))

const resultWords = ({ region }: Plan) =>
  region.exit === undefined ? 'What its last step gives, as before.' : 'Nothing that a later step reads.'

/** A group is called something already; one step is too. */
function titleFor({ region }: Plan): string {
  const { drawing, selection } = useDrawing.getState()
  const [only] = selection
  const group = only !== undefined && selection.length === 1 ? groupAt(drawing.layout, only) : undefined
  if (group && group.title !== '') return group.title
  const entry = stepPath(region.scope, region.entry)
  return titleOf(region.entry, stepAt(drawing.definition, entry) ?? {})
}

/** Undefined until it is known. */
function useTakenNames(): ReadonlySet<string> | undefined {
  const { data: definitions } = useDefinitions()
  const { data: drafts } = useDraftNames()
  if (definitions === undefined || drafts === undefined) return undefined
  return new Set([...definitions.map(({ name }) => name), ...drafts, useDrawing.getState().name])
}

function freeName(wanted: string, taken: ReadonlySet<string> | undefined): string {
  let name = wanted
  for (let number = 2; taken?.has(name); number += 1) name = `${wanted.slice(0, 59)}-${number}`
  return name
}

function wrongName(name: string, taken: ReadonlySet<string> | undefined): string | undefined {
  if (!isName(name)) return 'Small letters, digits and hyphens, a letter first.'
  return taken?.has(name) ? 'There is a definition of that name already.' : undefined
}
