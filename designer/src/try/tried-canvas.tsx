import { useEffect } from 'react'
import { canvasCommands } from '../canvas/canvas-commands.ts'
import { DrawingCanvas, type DrawingCanvasProps } from '../canvas/drawing-canvas.tsx'
import { toggleBreakpoint, useTry } from '../store/try-run.ts'
import { useTriedStates } from './use-tried.ts'

/** The canvas with the states of the simulated run on it. Only this is drawn again with every happening. */
export function TriedCanvas({
  canBreak,
  ...props
}: Omit<DrawingCanvasProps, 'states' | 'breakpoints'> & { readonly canBreak: boolean }) {
  const breakpoints = useTry((state) => state.breakpoints)
  const rest = useTry((state) => state.rest)
  useEffect(() => {
    if (rest.kind === 'breakpoint') canvasCommands()?.show(rest.step)
  }, [rest])
  return (
    <DrawingCanvas
      {...props}
      states={useTriedStates()}
      breakpoints={breakpoints}
      onBreakpoint={canBreak ? toggleBreakpoint : undefined}
    />
  )
}
