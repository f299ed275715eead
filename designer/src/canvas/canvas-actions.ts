import { createContext } from 'react'

/** What the nodes and edges of an editable canvas can ask for; a graph that is only looked at gives none. */
export interface CanvasActions {
  readonly quickAdd?: (edgeId: string, at: { x: number; y: number }) => void
  readonly fold?: (path: string) => void
  readonly drillIn?: (path: string) => void
  /** Present while a run can be tried. */
  readonly toggleBreakpoint?: ((path: string) => void) | undefined
}

export const CanvasActionsContext = createContext<CanvasActions>({})
