export interface CatalogueEntry {
  readonly name: string
  readonly signature: string
  readonly summary: string
}

/** Every built-in function, for completion and help in an editor. */
export const functionCatalogue: readonly CatalogueEntry[] = []
