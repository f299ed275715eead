// A state as JSON text and back, so that a long history need not be folded from its beginning.
import { createState, type Frame, type State, type Task } from './state.ts'

/** Changes whenever the shape of the state does: a snapshot of another format is not read, the history is. */
export const snapshotFormat = 1

export function snapshotOf(state: State): string {
  return JSON.stringify({ format: snapshotFormat, state }, (_key, value: unknown) => {
    if (value instanceof Map) return { $map: [...value] }
    if (value instanceof Set) return { $set: [...value] }
    return value
  })
}

/** Null where the text is of another format. */
export function stateOf(snapshot: string): State | null {
  const read = JSON.parse(snapshot) as { format: number; state: Stored }
  if (read.format !== snapshotFormat) return null
  const { frames, tasks, messageIds, fallen, ...rest } = read.state
  return {
    ...createState(),
    ...rest,
    frames: new Map(frames.$map.map(([path, frame]) => [path, revived(frame)])),
    tasks: new Map(tasks.$map),
    messageIds: new Set(messageIds.$set),
    fallen: fallen.map(revived),
  }
}

interface Stored extends Omit<State, 'frames' | 'tasks' | 'messageIds'> {
  readonly frames: { readonly $map: readonly (readonly [string, Frame])[] }
  readonly tasks: { readonly $map: readonly (readonly [number, Task])[] }
  readonly messageIds: { readonly $set: readonly string[] }
}

function revived(frame: Frame): Frame {
  const fan = frame.current?.fan
  if (fan) fan.open = new Set((fan.open as unknown as { readonly $set: readonly string[] }).$set)
  return frame
}
