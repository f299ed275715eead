import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './api-problem.ts'

/** Only silence is worth asking again: what the server has answered it will answer again. */
const isWorthRetrying = (failures: number, error: unknown): boolean =>
  error instanceof ApiProblem && error.code === 'Unreachable' && failures < 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: isWorthRetrying, staleTime: 5_000, refetchOnWindowFocus: true, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})

export const keys = {
  definitions: ['definitions'] as const,
  definition: (name: string) => ['definitions', name] as const,
  versions: (name: string) => ['definitions', name, 'versions'] as const,
  version: (name: string, version: number) => ['definitions', name, 'versions', version] as const,
  /** Version 0: the draft of what is not deployed. */
  called: (name: string, version: number) => ['drafts', name, 'called', version] as const,
  drafts: ['drafts'] as const,
  draft: (name: string) => ['drafts', name] as const,
  activities: ['activities'] as const,
  instances: ['instances'] as const,
  instanceList: (query: object) => ['instances', query] as const,
  instance: (id: string) => ['instance', id] as const,
}
