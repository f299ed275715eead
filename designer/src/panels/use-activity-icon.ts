import { useActivities } from '../api/definitions.ts'

/** The icon that an activity of the catalogue names. */
export function useActivityIcon(activity: string | undefined): string | undefined {
  const { data: activities } = useActivities()
  return activities?.find(({ name }) => name === activity)?.icon ?? undefined
}
