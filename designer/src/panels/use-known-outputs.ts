import { useMemo } from 'react'
import { useActivities } from '../api/definitions.ts'
import { type KnownOutputs, knownOutputs } from '../drawing/known-outputs.ts'
import { useCalledDefinitions } from './use-called-definitions.ts'

export function useKnownOutputs(): KnownOutputs {
  const { data: activities } = useActivities()
  const called = useCalledDefinitions()
  return useMemo(() => knownOutputs({ activities: activities ?? [], called }), [activities, called])
}
