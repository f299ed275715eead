// Checking a definition, away from the thread that draws.
import { type CheckContext, checkDefinition, type Problem } from '@durable-canvas/schema'

export interface CheckRequest {
  readonly id: number
  readonly document: unknown
  readonly context: CheckContext
}

export interface CheckAnswer {
  readonly id: number
  readonly problems: readonly Problem[]
}

self.onmessage = ({ data }: MessageEvent<CheckRequest>) => {
  const answer: CheckAnswer = { id: data.id, problems: checkDefinition(data.document, data.context) }
  self.postMessage(answer)
}
