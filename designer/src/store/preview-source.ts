// What previews of expressions are made from: sample data, or an instance of the past. One choice for all fields; it holds
// as long as the page lives, and for the definition that it was made for.
import { create } from 'zustand'

export interface PreviewSource {
  /** The definition that the instance is one of. */
  readonly definition: string
  /** Undefined: sample data. */
  readonly instanceId: string | undefined
  /** By static path, which execution of the step where there are several; else the latest. */
  readonly visits: { readonly [staticPath: string]: string }
}

export const usePreviewSource = create<PreviewSource>()(() => ({ definition: '', instanceId: undefined, visits: {} }))

export const previewWith = (definition: string, instanceId: string | undefined): void =>
  usePreviewSource.setState({ definition, instanceId, visits: {} })

export const previewVisit = (staticPath: string, visit: string): void =>
  usePreviewSource.setState(({ visits }) => ({ visits: { ...visits, [staticPath]: visit } }))
