// Deployed definitions, compiled once and kept. A version never changes; which one is the latest may, behind our back.
import type { Definition } from '@durable-canvas/schema'
import { compileProgram, type Program } from '../core/index.ts'
import type { StoredDefinition, WorkflowStore } from '../stores/store.ts'
import type { Clock } from './clock.ts'
import { EngineError } from './engine-types.ts'
import { compileSchema, inWords, type SchemaCheck } from './schema-compiler.ts'

export interface Deployment {
  readonly program: Program
  readonly checkInput: SchemaCheck
}

/** How long "the latest version" is believed where other processes can deploy. */
const latestForMs = 1_000

export class Definitions {
  private readonly store: WorkflowStore
  private readonly clock: Clock
  private readonly maxHistoryEvents: number
  private readonly compiled: Map<string, Promise<Deployment>>
  private readonly latest = new Map<string, { readonly version: number; readonly until: number }>()

  constructor(
    store: WorkflowStore,
    clock: Clock,
    maxHistoryEvents: number,
    compiled: Map<string, Promise<Deployment>> = new Map(),
  ) {
    this.store = store
    this.clock = clock
    this.maxHistoryEvents = maxHistoryEvents
    this.compiled = compiled
  }

  /** Without version: the latest. Throws UnknownDefinition. */
  async get(name: string, version?: number): Promise<Deployment> {
    const wanted = version ?? this.latestKnown(name)
    const known = wanted === undefined ? undefined : this.compiled.get(`${name}@${wanted}`)
    if (known) return known
    const stored = await this.store.getDefinition(name, wanted)
    if (!stored) throw unknown(name, version)
    if (version === undefined) this.noteLatest(name, stored.version)
    const key = `${name}@${stored.version}`
    const compiled = this.compiled.get(key) ?? Promise.resolve().then(() => this.compile(stored))
    this.compiled.set(key, compiled)
    compiled.catch(() => this.compiled.delete(key))
    return compiled
  }

  noteLatest(name: string, version: number): void {
    const until = this.store.exclusive ? Number.POSITIVE_INFINITY : this.clock.now() + latestForMs
    this.latest.set(name, { version, until })
  }

  private latestKnown(name: string): number | undefined {
    const known = this.latest.get(name)
    return known && known.until > this.clock.now() ? known.version : undefined
  }

  private compile(stored: StoredDefinition): Deployment {
    const definition = JSON.parse(stored.definitionJson) as Definition
    const program = compileProgram(definition, {
      version: stored.version,
      hash: stored.hash,
      limits: { maxHistoryEvents: this.maxHistoryEvents },
      compileSchema: (schema) => {
        const check = compileSchema(schema)
        return (value) => inWords(check(value))
      },
    })
    return { program, checkInput: definition.input === undefined ? () => [] : compileSchema(definition.input) }
  }
}

const unknown = (name: string, version: number | undefined) =>
  new EngineError(
    'UnknownDefinition',
    `there is no definition ${name}${version === undefined ? '' : ` version ${version}`}`,
  )
