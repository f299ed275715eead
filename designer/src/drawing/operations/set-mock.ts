import type { Mock } from '@durable-canvas/interpreter/core'
import type { Drawing } from '../drawing.ts'
import { type Edit, edit, withLayout } from '../edit.ts'
import { idOf } from '../static-path.ts'

/** What a simulated run takes for the step; undefined lets its schema say. Mocks are saved with the drawing. */
export function setMock(drawing: Drawing, path: string, mock: Mock | undefined): Edit {
  const { mocks: before, ...layout } = drawing.layout
  const others = Object.entries(before ?? {}).filter(([step]) => step !== path)
  const mocks = mock === undefined ? others : [...others, [path, mock] as const]
  const label = `Answer of ${idOf(path)}`
  if (mocks.length === 0) return edit(drawing, { ...drawing, layout }, label)
  return edit(drawing, withLayout(drawing, { mocks: Object.fromEntries(mocks) }), label)
}
