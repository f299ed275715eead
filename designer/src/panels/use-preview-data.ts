import type { HistoryEvent } from '@durable-canvas/schema'
import { useMemo } from 'react'
import { usePastEvents } from '../api/past-events.ts'
import { type PastRun, readPast } from '../drawing/past-run.ts'
import { useDrawing } from '../store/drawing-store.ts'
import { usePreviewSource } from '../store/preview-source.ts'

export type PreviewData =
  | { readonly kind: 'sample' }
  | { readonly kind: 'reading'; readonly instanceId: string }
  | { readonly kind: 'failed'; readonly instanceId: string; readonly error: unknown }
  | { readonly kind: 'past'; readonly instanceId: string; readonly run: PastRun }

const runs = new WeakMap<readonly HistoryEvent[], PastRun>()

/** Read once, however often another step is looked at. */
function runOf(events: readonly HistoryEvent[]): PastRun | undefined {
  const run = runs.get(events) ?? readPast(useDrawing.getState().drawing.definition, events)
  if (run) runs.set(events, run)
  return run
}

/** What the choice of a source has come to. Until an instance is read, previews are made from sample data. */
export function usePreviewData(): PreviewData {
  const name = useDrawing((state) => state.name)
  const chosen = usePreviewSource((state) => (state.definition === name ? state.instanceId : undefined))
  const { data, error } = usePastEvents(chosen)
  return useMemo((): PreviewData => {
    if (chosen === undefined) return { kind: 'sample' }
    if (data === undefined) {
      return error ? { kind: 'failed', instanceId: chosen, error } : { kind: 'reading', instanceId: chosen }
    }
    const run = runOf(data)
    return run
      ? { kind: 'past', instanceId: chosen, run }
      : { kind: 'failed', instanceId: chosen, error: new Error('Its history has no beginning.') }
  }, [chosen, data, error])
}
