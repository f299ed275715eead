// Instead of the canvas while two versions are compared: both in one picture, to look at, and the changes beside it.
import type { Definition } from '@durable-canvas/schema'
import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { messageOf } from '../api/api-problem.ts'
import { useVersions } from '../api/definitions.ts'
import { DefinitionGraph } from '../canvas/definition-graph.tsx'
import { stepAt } from '../drawing/tree.ts'
import { counted } from '../steps/words.ts'
import { select, useDrawing } from '../store/drawing-store.ts'
import { PanelSkeleton } from '../ui/skeletons.tsx'
import { ChangeList } from './change-list.tsx'
import styles from './comparison.module.css'
import type { Compared, ComparisonState } from './use-comparison.ts'

export interface ComparisonViewProps {
  readonly name: string
  readonly state: ComparisonState & { readonly compared: Compared }
  readonly iconOf: (activity: string) => string | undefined
}

export function ComparisonView({ name, state: { compared, compare, comparison, error }, iconOf }: ComparisonViewProps) {
  const { data: versions = [] } = useVersions(name)
  const [selected, setSelected] = useState<string | null>(null)
  const numbers = versions.map(({ version }) => ({ value: String(version), label: `Version ${version}` }))
  const changes = comparison?.changes ?? []
  const own = changes.filter(({ step }) => step !== undefined && boxOf(step) === selected)
  const go = (path: string | null) => {
    setSelected(path)
    // What the draft has of it is edited where it always is.
    const isDrawn = path !== null && stepAt(useDrawing.getState().drawing.definition, path) !== undefined
    select(isDrawn ? [path] : [])
  }
  const isOfStep = selected !== null && own.length > 0
  return (
    <section className={styles.view} aria-label="Comparison">
      <div className={styles.bar}>
        <Select
          size="xs"
          aria-label="The earlier one"
          className={styles.version ?? ''}
          allowDeselect={false}
          data={numbers}
          value={String(compared.before)}
          onChange={(before) => compare({ ...compared, before: Number(before) })}
        />
        <span aria-hidden>→</span>
        <Select
          size="xs"
          aria-label="The later one"
          className={styles.version ?? ''}
          allowDeselect={false}
          data={[{ value: 'draft', label: 'The draft' }, ...numbers]}
          value={compared.after === undefined ? 'draft' : String(compared.after)}
          onChange={(after) => compare({ ...compared, after: after === 'draft' ? undefined : Number(after) })}
        />
        <span className={styles.count} role="status">
          {comparison && counted(changes.length, 'change')}
        </span>
        <Button size="compact-sm" variant="default" onClick={() => compare(undefined)}>
          Back to the drawing
        </Button>
      </div>
      {error ? (
        <p className={styles.note} role="alert">
          The version could not be loaded: {messageOf(error)}
        </p>
      ) : comparison === undefined ? (
        <PanelSkeleton />
      ) : (
        <div className={styles.both}>
          <div className={styles.graph}>
            <DefinitionGraph
              definition={comparison.drawing.definition as unknown as Definition}
              layout={comparison.drawing.layout}
              differences={comparison.differences}
              edgeDifferences={comparison.edgeDifferences}
              lost={comparison.drawing.lost}
              selected={selected}
              onSelect={go}
              iconOf={iconOf}
            />
          </div>
          <aside className={styles.changes} aria-label="What differs">
            {isOfStep && (
              <p className={styles.note}>
                Of <code>{selected}</code>{' '}
                <button type="button" className={styles.all} onClick={() => setSelected(null)}>
                  Show all
                </button>
              </p>
            )}
            <ChangeList
              changes={isOfStep ? own : changes}
              empty="Nothing differs."
              onGo={({ step }) => go(step === undefined ? null : boxOf(step))}
            />
          </aside>
        </div>
      )}
    </section>
  )
}

/** The box of a change in a branch is the step that has the branch. */
const boxOf = (step: string) => step.replace(/\[[^\]/]*\]$/, '')
