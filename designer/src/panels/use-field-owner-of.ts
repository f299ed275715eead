import type { Problem } from '@durable-canvas/schema'
import { useEffect, useMemo, useRef } from 'react'
import { withDataFields } from '../drawing/names-in-data.ts'
import { namesInReach, sampleInReach } from '../drawing/names-in-reach.ts'
import { pastSample } from '../drawing/past-sample.ts'
import { type FieldOwner, type LocalProblem, problemsOf } from '../steps/fields/field-owner.tsx'
import { useDrawing } from '../store/drawing-store.ts'
import { usePreviewSource } from '../store/preview-source.ts'
import { quickFixFor } from './quick-fixes.ts'
import { useKnownOutputs } from './use-known-outputs.ts'
import type { PreviewData } from './use-preview-data.ts'

/** What the fields of a step (or of the document, without a path) belong to. */
export function useFieldOwnerOf(path: string | undefined, preview: PreviewData): FieldOwner {
  const outputs = useKnownOutputs()
  const visit = usePreviewSource((state) => (path === undefined ? undefined : state.visits[path]))
  const all = useDrawing((state) => state.problems)
  // The same problems as before are the same list, so that a form is not drawn again for nothing.
  const last = useRef<readonly LocalProblem[]>([])
  const problems = useMemo(() => {
    const own = problemsOf(all, path)
    return JSON.stringify(own) === JSON.stringify(last.current) ? last.current : own
  }, [all, path])
  useEffect(() => {
    last.current = problems
  }, [problems])
  // Apart from the problems, which change while one types.
  const reach = useMemo(() => {
    const sample = () => {
      const { definition, layout } = useDrawing.getState().drawing
      if (preview.kind === 'past') return pastSample(preview.run, definition, path, visit)
      const known = Object.entries(layout.mocks ?? {}).flatMap(([at, mock]) =>
        mock.result === undefined ? [] : [[at, mock.result]],
      )
      return sampleInReach(definition, path, outputs.declared, Object.fromEntries(known))
    }
    return {
      sample,
      names: () =>
        withDataFields(namesInReach(useDrawing.getState().drawing.definition, path, outputs.expected), sample()),
      fixFor: (problem: Problem) => quickFixFor(problem, useDrawing.getState().drawing.definition),
    }
  }, [path, outputs, preview, visit])
  return useMemo(() => ({ step: path, problems, ...reach }), [path, problems, reach])
}
