// Two versions, or a version and the draft, held against each other.
import { useMemo, useState } from 'react'
import type { DefinitionVersion } from '../api/api-types.ts'
import { useVersion } from '../api/definitions.ts'
import { type Comparison, comparisonOf } from '../drawing/comparison.ts'
import type { Drawing } from '../drawing/drawing.ts'
import { useDrawing } from '../store/drawing-store.ts'
import { drawingOf } from './use-draft-session.ts'

export interface Compared {
  readonly before: number
  /** Undefined: the draft, as it is edited. */
  readonly after: number | undefined
}

export interface ComparisonState {
  readonly compared: Compared | undefined
  readonly compare: (compared: Compared | undefined) => void
  /** Undefined while a version is on its way. */
  readonly comparison: Comparison | undefined
  readonly error: unknown
}

export function useComparison(name: string): ComparisonState {
  const [compared, compare] = useState<Compared>()
  const before = useVersion(compared && name, compared?.before)
  const after = useVersion(compared?.after === undefined ? undefined : name, compared?.after)
  const draft = useDrawing((state) => (compared && compared.after === undefined ? state.drawing : undefined))
  const old = useDrawingOf(before.data, name)
  const later = useDrawingOf(after.data, name)
  const now = draft ?? (compared?.after === undefined ? undefined : later)
  const comparison = useMemo(() => (compared && old && now ? comparisonOf(old, now) : undefined), [compared, old, now])
  return { compared, compare, comparison, error: before.error ?? after.error }
}

function useDrawingOf(version: DefinitionVersion | undefined, name: string): Drawing | undefined {
  return useMemo(() => version && drawingOf(version.definition, version.layout, name), [version, name])
}
