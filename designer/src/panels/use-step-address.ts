import { useEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { canvasCommands } from '../canvas/canvas-commands.ts'
import { isMarkPath } from '../drawing/marks.ts'
import { stepAt } from '../drawing/tree.ts'
import { select, useDrawing } from '../store/drawing-store.ts'

const calmMs = 200

/** The selected step stands in the address, so that the address can be shared. */
export function useStepAddress(): void {
  const [params, setParams] = useSearchParams()
  const selected = useDrawing(({ selection: [only, ...others] }) =>
    only === undefined || others.length > 0 || isMarkPath(only) ? undefined : only,
  )
  const isFirst = useRef(true)
  const wanted = params.get('step') ?? undefined
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      if (wanted !== undefined && stepAt(useDrawing.getState().drawing.definition, wanted)) {
        select([wanted])
        setTimeout(() => canvasCommands()?.show(wanted))
      }
      return undefined
    }
    if (selected === wanted) return undefined
    const timer = setTimeout(() => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before)
          if (selected === undefined) after.delete('step')
          else after.set('step', selected)
          return after
        },
        { replace: true, preventScrollReset: true },
      )
    }, calmMs)
    return () => clearTimeout(timer)
  }, [selected, wanted, setParams])
}
