// From far away nobody reads a card or takes hold of a port: cards are then drawn as plain coloured boxes and edges as lines,
// which is what makes a thousand of them come at once.
import { type ReactFlowState, useStore } from '@xyflow/react'
import { createContext, type ReactNode, useContext } from 'react'

/** Where the smallest text is two pixels high. */
const farZoom = 0.18

const FarAwayContext = createContext(false)

const isFar = ({ transform }: ReactFlowState) => transform[2] < farZoom

export function FarAway({ children }: { readonly children: ReactNode }) {
  return <FarAwayContext.Provider value={useStore(isFar)}>{children}</FarAwayContext.Provider>
}

export const useIsFarAway = (): boolean => useContext(FarAwayContext)
