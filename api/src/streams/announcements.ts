// Tells the open streams of what happens in this process but not to one instance: a definition was deployed.
export interface DefinitionDeployed {
  readonly name: string
  readonly title: string | null
  readonly version: number
  readonly hash: string
  readonly deployedAt: string
}

type Listener = (deployed: DefinitionDeployed) => void

export class Announcements {
  readonly #listeners = new Set<Listener>()

  announce(deployed: DefinitionDeployed): void {
    for (const listener of this.#listeners) listener(deployed)
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
