import { useEffect, useEffectEvent } from 'react'
import type { ApiProblem } from './api-problem.ts'
import { openEventStream } from './event-stream.ts'
import type { StreamMessage } from './sse-parser.ts'

export interface StreamHandlers {
  readonly onMessage: (message: StreamMessage) => void
  readonly onOpen?: (isAgain: boolean) => void
  readonly lastEventId?: () => string | null
  readonly onRefused?: (problem: ApiProblem) => void
}

/** Listens to a stream while mounted; null: to none. Handlers may change without a new connection. */
export function useStream(url: string | null, handlers: StreamHandlers): void {
  const onMessage = useEffectEvent((message: StreamMessage) => handlers.onMessage(message))
  const onOpen = useEffectEvent((isAgain: boolean) => handlers.onOpen?.(isAgain))
  const lastEventId = useEffectEvent(() => handlers.lastEventId?.() ?? null)
  const onRefused = useEffectEvent((problem: ApiProblem) => handlers.onRefused?.(problem))
  useEffect(
    () => (url === null ? undefined : openEventStream({ url, onMessage, onOpen, lastEventId, onRefused })),
    [url],
  )
}
