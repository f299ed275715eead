// The addresses that Azure's clients find an instance by. Made from the address that they themselves used.
import type { Request } from 'express'

export const base = '/runtime/webhooks/durabletask'

export function instanceUri(request: Request, instanceId: string): string {
  return withCode(
    request,
    `${request.protocol}://${request.headers.host}${base}/instances/${encodeURIComponent(instanceId)}`,
  )
}

export function managementPayload(request: Request, instanceId: string): Record<string, string> {
  const uri = `${request.protocol}://${request.headers.host}${base}/instances/${encodeURIComponent(instanceId)}`
  const operation = (path: string) => withCode(request, `${uri}/${path}`)
  return {
    id: instanceId,
    statusQueryGetUri: instanceUri(request, instanceId),
    sendEventPostUri: operation('raiseEvent/{eventName}'),
    terminatePostUri: operation('terminate?reason={text}'),
    rewindPostUri: operation('rewind?reason={text}'),
    purgeHistoryDeleteUri: instanceUri(request, instanceId),
    restartPostUri: operation('restart'),
    suspendPostUri: operation('suspend?reason={text}'),
    resumePostUri: operation('resume?reason={text}'),
  }
}

/** Who came with the key in the address goes on with it. */
function withCode(request: Request, uri: string): string {
  const { code } = request.query
  return typeof code === 'string' ? `${uri}${uri.includes('?') ? '&' : '?'}code=${encodeURIComponent(code)}` : uri
}
