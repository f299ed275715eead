import { useQuery } from '@tanstack/react-query'
import type { DraftSummary, Page } from '../api/api-types.ts'
import { keys } from '../api/query-client.ts'
import { apiPath, request } from '../api/request.ts'

/** Which drafts there are, so that only those are asked for. */
export function useDraftNames() {
  return useQuery({
    queryKey: [...keys.drafts, 'names'],
    queryFn: async ({ signal }) => {
      const names: string[] = []
      let cursor: string | null = null
      do {
        const page: Page<DraftSummary> = await request<Page<DraftSummary>>(apiPath('/drafts', { cursor }), { signal })
        names.push(...page.items.map(({ name }) => name))
        cursor = page.next
      } while (cursor !== null)
      return names
    },
  })
}
