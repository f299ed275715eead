import type { Drawing } from '../drawing.ts'
import type { Edit } from '../edit.ts'
import { scopeOf, startPath } from '../static-path.ts'
import { connect } from './connect.ts'

/** Makes the step the first one of its scope. */
export function setStart(drawing: Drawing, path: string): Edit {
  return connect(drawing, startPath(scopeOf(path)), 'start', path)
}
