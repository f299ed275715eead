import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Operation, OperationRequest } from '../api/api-types.ts'
import { operate } from '../api/instances.ts'
import { keys } from '../api/query-client.ts'
import { notifyFailed } from '../ui/notify.ts'

export interface InstanceOperation {
  readonly isPending: boolean
  readonly run: (operation: Operation, body?: OperationRequest, onDone?: () => void) => void
}

/** Suspends, resumes, terminates, rewinds, migrates or restarts; says so only when it did not work, since the page shows the rest. */
export function useOperation(instanceId: string): InstanceOperation {
  const client = useQueryClient()
  const mutation = useMutation({
    mutationFn: ({ operation, body }: { readonly operation: Operation; readonly body: OperationRequest }) =>
      operate(instanceId, operation, body),
    onError: (error, { operation }) => notifyFailed(`${instanceId}: ${operation} did not work`, error),
    onSettled: () => client.invalidateQueries({ queryKey: keys.instance(instanceId) }),
  })
  return {
    isPending: mutation.isPending,
    run: (operation, body = {}, onDone) => mutation.mutate({ operation, body }, { onSuccess: () => onDone?.() }),
  }
}
