import { useMemo, useState } from 'react'
import { useVersion } from '../api/definitions.ts'
import { changesBetween, differencesOf } from '../drawing/version-differences.ts'
import { useDrawing } from '../store/drawing-store.ts'

/** The version that the canvas shows the differences to, if any. */
export function useComparison(name: string) {
  const [version, compareWith] = useState<number>()
  const { data } = useVersion(version === undefined ? undefined : name, version)
  const definition = useDrawing((state) => (version === undefined ? undefined : state.drawing.definition))
  const changes = useMemo(
    () => (data && definition ? changesBetween(data.definition, definition) : undefined),
    [data, definition],
  )
  const differences = useMemo(() => (changes ? differencesOf(changes) : undefined), [changes])
  return { version, compareWith, changes, differences }
}
