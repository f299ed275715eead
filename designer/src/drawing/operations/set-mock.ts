import type { Drawing, Mock } from '../drawing.ts'
import { type Edit, edit, withLayout } from '../edit.ts'
import { idOf } from '../static-path.ts'

/** What a simulated run takes for the step; undefined lets its schema say. Mocks are saved with the drawing. */
export function setMock(drawing: Drawing, path: string, mock: Mock | undefined): Edit {
  const others = Object.entries(drawing.layout.mocks ?? {}).filter(([step]) => step !== path)
  const mocks = Object.fromEntries(mock === undefined ? others : [...others, [path, mock]])
  return edit(drawing, withLayout(drawing, { mocks }), `Answer of ${idOf(path)}`)
}
