// The player brings the engine's core along: it is loaded when the first draft is tried.
import type { DefinitionTest, FakeCall } from '@durable-canvas/interpreter/core'
import type { Json, JsonSchema } from '@durable-canvas/schema'
import { useMemo } from 'react'
import { useActivities } from '../api/definitions.ts'
import { sampleOf } from '../drawing/sample.ts'
import { faultsOf } from '../panels/schema-faults.ts'
import { useDrawing } from '../store/drawing-store.ts'
import { forgetTry, useTry } from '../store/try-run.ts'

export const loadPlayer = () => import('../store/try-player.ts')

export function leaveTry(): void {
  if (useTry.getState().phase === 'none') return forgetTry()
  void loadPlayer().then(({ endTry }) => {
    endTry()
    forgetTry()
  })
}

/** As the server would say it, in one line; null: the value fits. */
export const compileSchema = (schema: JsonSchema) => (value: Json) => {
  const faults = [...faultsOf(schema, value)]
  return faults.length === 0 ? null : faults.map(([at, fault]) => `${at || 'the value'}: ${fault}`).join('; ')
}

export interface TryActions {
  /** Starts anew; `isPlaying`: and goes on at once. A test that is watched is watched again. */
  readonly begin: (isPlaying: boolean, test?: DefinitionTest) => void
  readonly step: () => void
  readonly play: () => void
  readonly resultOf: (call: Pick<FakeCall, 'kind' | 'name'>) => Json
}

/** What a run starts with, unless the author typed another one. */
export const usualInput = (): Json => {
  const { input } = useDrawing.getState().drawing.definition
  return input === undefined ? null : sampleOf(input)
}

export function useTryActions(): TryActions {
  const { data: activities } = useActivities()
  return useMemo(() => {
    const outputs = new Map((activities ?? []).map(({ name, output }) => [name, output ?? undefined]))
    const resultOf: TryActions['resultOf'] = ({ kind, name }) =>
      kind === 'activity' ? sampleOf(outputs.get(name)) : null
    const begin: TryActions['begin'] = (isPlaying, watched) => {
      void loadPlayer().then(({ beginTry, playTry }) => {
        const { input, startAt, run } = useTry.getState()
        const test = watched ?? run?.test
        const given = test ? { input: test.input ?? null, startAt: test.startAt, test } : { input, startAt }
        const options = { ...given, input: given.input === undefined ? usualInput() : given.input }
        if (beginTry({ ...options, resultOf, compileSchema }) && isPlaying) playTry()
      })
    }
    return {
      begin,
      resultOf,
      step: () => {
        if (useTry.getState().phase === 'none' || useTry.getState().phase === 'ended') begin(false)
        else void loadPlayer().then(({ stepTry }) => stepTry())
      },
      play: () => {
        const { phase } = useTry.getState()
        if (phase === 'none' || phase === 'ended') begin(true)
        else void loadPlayer().then(({ playTry, pauseTry }) => (phase === 'playing' ? pauseTry() : playTry()))
      },
    }
  }, [activities])
}
