// The layout is opaque to the server and may have been written by another version of the product: what is not
// understood is left out of the picture here, and kept where it is stored (kept-layout.ts).
import type { DefinitionTest, Mocks } from '@durable-canvas/interpreter/core'
import type { Layout, Position } from './drawing.ts'
import { isArray, isObject } from './json.ts'

export function readLayout(value: unknown): Layout | undefined {
  if (!isObject(value)) return undefined
  const positions: { [path: string]: Position } = {}
  if (isObject(value.positions)) {
    for (const [path, at] of Object.entries(value.positions)) {
      if (isObject(at) && typeof at.x === 'number' && typeof at.y === 'number') positions[path] = { x: at.x, y: at.y }
    }
  }
  const { direction, collapsed, mocks, tests, ...others } = value
  return {
    ...(others as Partial<Layout>),
    positions,
    ...(direction === 'LR' || direction === 'TB' ? { direction } : {}),
    ...(isObject(mocks) && { mocks: mocks as unknown as Mocks }),
    ...(isArray(tests) && { tests: tests as unknown as readonly DefinitionTest[] }),
    ...(isArray(collapsed) ? { collapsed: collapsed.filter((path): path is string => typeof path === 'string') } : {}),
  }
}
