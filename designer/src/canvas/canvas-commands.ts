// What the page can ask of the canvas that is on screen.
import { create } from 'zustand'
import type { Way } from '../drawing/neighbour.ts'

export interface CanvasCommands {
  readonly fit: () => void
  readonly fitSelection: () => void
  readonly actualSize: () => void
  readonly zoomIn: () => void
  readonly zoomOut: () => void
  readonly walk: (way: Way) => void
  readonly nudge: (way: Way, by: number) => void
  readonly show: (path: string) => void
  readonly quickAdd: () => void
  /** The middle of what is seen, in the space of the drawing. */
  readonly middle: () => { x: number; y: number }
  /** The keyboard goes on at the selected box. */
  readonly focus: () => void
  readonly element: () => HTMLElement | null
}

export const useCanvasCommands = create<{ readonly commands: CanvasCommands | undefined }>()(() => ({
  commands: undefined,
}))

export const canvasCommands = (): CanvasCommands | undefined => useCanvasCommands.getState().commands
