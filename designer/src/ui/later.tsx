import { type ReactNode, useDeferredValue } from 'react'

/** What may come a frame after the rest of its page, so that the page shows what it is for at once. */
export const Later = ({ children }: { readonly children: ReactNode }) => useDeferredValue(true, false) && children
