import type { Definition } from '@durable-canvas/schema'
import { type QueryFunctionContext, type UseQueryResult, useQueries } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { readCalled } from '../api/called-definitions.ts'
import { useDefinitions } from '../api/definitions.ts'
import { useDraftNames } from '../api/drafts.ts'
import { keys } from '../api/query-client.ts'
import { isObject, type JsonObject } from '../drawing/json.ts'
import { type Call, callKey, callsIn } from '../drawing/known-outputs.ts'
import { useDrawing } from '../store/drawing-store.ts'

/** Another form that opens is no reason to ask the server again. */
const asKnown = { refetchOnMount: false }

/** What the sub-orchestrations of the drawing call: the version that would run, else the draft that it may become. */
export function useCalledDefinitions(): (call: Call) => JsonObject | undefined {
  const { data: definitions } = useDefinitions(asKnown)
  const { data: drafts } = useDraftNames(asKnown)
  const named = useDrawing((state) => callsIn(state.drawing.definition).map(callKey).join(' '))
  // biome-ignore lint/correctness/useExhaustiveDependencies: other calls have other names
  const calls = useMemo(() => callsIn(useDrawing.getState().drawing.definition), [named])
  const queries = useMemo(
    () =>
      calls.map((call) => {
        const latest = definitions?.find(({ name }) => name === call.name)?.version ?? 0
        const version = call.version ?? latest
        return {
          queryKey: keys.called(call.name, version),
          // Nothing is asked for that is not there.
          enabled: version > 0 ? version <= latest : definitions !== undefined && drafts?.includes(call.name) === true,
          queryFn: ({ client, signal }: QueryFunctionContext) => readCalled(client, call.name, version, signal),
        }
      }),
    [calls, definitions, drafts],
  )
  const combine = useCallback(
    (results: UseQueryResult<Definition | null>[]) => {
      const found = new Map(calls.map((call, index) => [callKey(call), results[index]?.data]))
      return (call: Call) => {
        const definition: unknown = found.get(callKey(call))
        return isObject(definition) ? definition : undefined
      }
    },
    [calls],
  )
  return useQueries({ queries, combine })
}
