import { useState } from 'react'
import { DataPanel } from '../monitor/data-panel.tsx'
import { HistoryTable } from '../monitor/history-table.tsx'
import { staticPathOf } from '../monitor/paths.ts'
import { selectedVisit } from '../monitor/selection.ts'
import { Timeline } from '../monitor/timeline.tsx'
import { select, useDrawing } from '../store/drawing-store.ts'
import { lookAt, useTry } from '../store/try-run.ts'
import type { RunTab } from './try-panel.tsx'
import { instanceOf, type Tried } from './use-tried.ts'

/** The monitor's own views of the simulated run; what is selected here is selected on the canvas, and the other way round. */
export function RunTabs({ tab, tried }: { readonly tab: RunTab; readonly tried: Tried }) {
  const { run, unfolding, revision, now, running, steps } = tried
  const [visitPath, setVisitPath] = useState<string | null>(null)
  const onCanvas = useDrawing((state) => state.selection.at(-1) ?? null)
  const lookedAt = useTry((state) => state.lookAt)
  const selected = visitPath !== null && staticPathOf(visitPath) === onCanvas ? visitPath : onCanvas
  const visit = selectedVisit(unfolding, selected)
  const choose = (path: string | null) => {
    setVisitPath(path)
    select(path === null ? [] : [stepOf(path)])
  }
  switch (tab) {
    case 'timeline':
      return (
        <Timeline
          unfolding={unfolding}
          revision={revision}
          steps={steps}
          running={running}
          selectedPath={visit?.path ?? null}
          onSelect={choose}
          asOf={unfolding.endedAt === null ? now : null}
        />
      )
    case 'history':
      return (
        <HistoryTable
          events={lookedAt === undefined ? run.events : run.events.slice(0, lookedAt)}
          revision={revision}
          selected={selected}
          onSelect={choose}
          onGoTo={lookAt}
        />
      )
    case 'data':
      return (
        <DataPanel
          instance={instanceOf(run)}
          unfolding={unfolding}
          revision={revision}
          events={run.events}
          visit={visit}
          steps={steps}
          onSelect={choose}
          isLive={lookedAt === undefined}
        />
      )
  }
}

/** The box of a visit: of a branch or an item the step that holds it. */
const stepOf = (path: string): string => staticPathOf(path).replace(/\[[^\]/]*\]$/, '')
