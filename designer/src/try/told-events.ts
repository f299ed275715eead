// What a run let the world know on its way: events that it sent, statuses that it set, children that it left alone.
import type { HistoryEvent } from '@durable-canvas/schema'
import { describeEvent } from '../monitor/describe-event.ts'

export interface Told {
  /** Unique in the run. */
  readonly key: string
  readonly at: number
  /** The path of the visit; undefined for what the run did as a whole. */
  readonly step: string | undefined
  readonly words: string
}

/** Of all executions, in order. */
export function toldIn(happened: readonly HistoryEvent[]): readonly Told[] {
  return happened.flatMap((event, index) => {
    const step = 'step' in event ? event.step : undefined
    return isTold(event) ? [{ key: `${index}`, at: Date.parse(event.at), step, words: describeEvent(event) }] : []
  })
}

function isTold(event: HistoryEvent): boolean {
  switch (event.type) {
    case 'CustomStatusSet':
    case 'EventSent':
    case 'EventRaised':
    case 'ContinueAsNew':
      return true
    case 'SubOrchestrationInstanceCreated':
      return event.mode === 'detach'
    default:
      return false
  }
}
