// A recorded history held against a definition: would it still give that history? The route and the command line both ask this.

import { compileSchema } from '@durable-canvas/interpreter'
import { type Deviation, replay } from '@durable-canvas/interpreter/core'
import { type Definition, type HistoryEvent, validateEvent } from '@durable-canvas/schema'

export interface ReplayedHistory {
  readonly fits: boolean
  /** Events that were held against the definition. */
  readonly events: number
  readonly status: string
  readonly deviation: Deviation | null
}

/** A list of events, or a page of them as the API gives it. Null with the reason where it is neither. */
export function historyOf(
  document: unknown,
): { readonly history: readonly HistoryEvent[] } | { readonly wrong: string } {
  const list = typeof document === 'object' && document !== null && 'items' in document ? document.items : document
  if (!Array.isArray(list) || list.length === 0)
    return { wrong: 'A history is a list of events, and has at least one.' }
  const bad = list.findIndex((event) => !validateEvent(event))
  if (bad >= 0) return { wrong: `Event ${bad + 1} of the history is none: ${JSON.stringify(list[bad])?.slice(0, 200)}` }
  const history = list as readonly HistoryEvent[]
  if (history[0]?.type !== 'ExecutionStarted') return { wrong: 'A history begins with ExecutionStarted.' }
  return { history }
}

/** `definition` must be free of errors. */
export function replayHistory(definition: Definition, history: readonly HistoryEvent[]): ReplayedHistory {
  const { state, deviation } = replay(definition, history, {
    compileSchema: (schema) => {
      const check = compileSchema(schema)
      return (value) =>
        check(value)
          .map(({ message }) => message)
          .join('; ') || null
    },
  })
  return { fits: deviation === null, events: history.length, status: state.status, deviation }
}
