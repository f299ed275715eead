// Recorded histories, one an example, that every later version must still read. UPDATE_GOLDEN=1 writes those that are missing
// or changed: only where the language gained something, never to make a failing replay pass.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Failure, HistoryEvent, Json } from '@durable-canvas/schema'
import { describe, expect, it } from 'vitest'
import { compileProgram, fold, replay, type State } from '../core/index.ts'
import { exampleNames, exampleOf, planOf, simulated } from './golden-examples.ts'

interface Golden {
  readonly status: string
  readonly output: Json
  readonly failure: Failure | null
  readonly customStatus: Json
  readonly variables: { readonly [name: string]: Json }
  readonly history: readonly HistoryEvent[]
}

const folder = new URL('golden/', import.meta.url)
const fileOf = (name: string): URL => new URL(`${name}.json`, folder)
const goldenOf = (name: string): Golden => JSON.parse(readFileSync(fileOf(name), 'utf8')) as Golden

const endOf = ({ status, output, failure, customStatus, variables }: State): Omit<Golden, 'history'> => ({
  status,
  output,
  failure,
  customStatus,
  variables,
})

if (process.env.UPDATE_GOLDEN === '1')
  for (const name of exampleNames) {
    const { state, history } = simulated(name, planOf(name))
    writeFileSync(fileOf(name), `${JSON.stringify({ ...endOf(state), history }, null, 2)}\n`)
  }

describe('golden histories', () => {
  it('are those of the examples, one each', () => {
    const recorded = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    expect(recorded.toSorted()).toEqual([...exampleNames].toSorted())
  })

  it.each(exampleNames)('%s is what its definition gives, and folds to its recorded end', (name) => {
    const { history, ...end } = goldenOf(name)
    const definition = exampleOf(name)
    const replayed = replay(definition, history)
    expect(replayed.deviation).toBeNull()
    expect(endOf(replayed.state)).toEqual(end)
    expect(endOf(fold(compileProgram(definition), history))).toEqual(end)
  })

  it.each(exampleNames)('%s run today gives the recorded history', (name) => {
    const { state, history } = simulated(name, planOf(name))
    expect(JSON.parse(JSON.stringify(history))).toEqual(goldenOf(name).history)
    expect(state.status).toBe('Completed')
  })
})
