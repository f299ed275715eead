// The id of a `history` event is its seq. An instance that continued as new counts again from 1, so from its second execution on
// the id also names the execution; only so can Last-Event-ID say which event 7 was the last one seen.
export interface ResumePoint {
  readonly seq: number
  /** null: the execution that an instance begins with. */
  readonly executionId: string | null
}

export const eventId = (seq: number, executionId: string, isContinued: boolean): string =>
  isContinued ? `${seq}~${executionId}` : `${seq}`

/** What is not readable is as good as none: the stream begins at the beginning. */
export function parseResumePoint(lastEventId: string | undefined): ResumePoint | null {
  const match = /^(\d{1,15})(?:~(.{1,200}))?$/.exec(lastEventId ?? '')
  if (!match?.[1]) return null
  return { seq: Number(match[1]), executionId: match[2] ?? null }
}
