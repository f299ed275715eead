// Whether the panel is open that takes steps out into a definition of their own.
import { create } from 'zustand'

export const useExtracting = create<{ readonly isOpen: boolean }>()(() => ({ isOpen: false }))

export const beginExtracting = (): void => useExtracting.setState({ isOpen: true })
export const endExtracting = (): void => useExtracting.setState({ isOpen: false })
