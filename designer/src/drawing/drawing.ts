// What the designer edits: the definition, valid or not, and beside it the layout, which the server keeps without
// looking at it. A scope whose boxes have no positions is laid out by itself at every change; the first box that
// a person moves pins its whole scope, and tidying takes the pins out again.
import type { DefinitionTest, Mocks } from '@durable-canvas/interpreter/core'
import type { JsonObject } from './json.ts'

export type Direction = 'TB' | 'LR'
export type Position = { readonly x: number; readonly y: number }
export type Positions = { readonly [staticPath: string]: Position }

export type Note = {
  readonly id: string
  readonly scope: string
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly colour?: string
}

export type Group = {
  readonly id: string
  readonly title: string
  readonly members: readonly string[]
  readonly colour?: string
}

export type Layout = {
  readonly positions: Positions
  readonly collapsed?: readonly string[]
  readonly direction?: Direction
  readonly notes?: readonly Note[]
  readonly groups?: readonly Group[]
  /** What a simulated run takes instead of the real answers; read them by `mocksOf` and `testsOf`. */
  readonly mocks?: Mocks
  readonly tests?: readonly DefinitionTest[]
}

export interface Drawing {
  readonly definition: JsonObject
  readonly layout: Layout
}

export const emptyLayout: Layout = { positions: {} }

export function newDrawing(name: string): Drawing {
  return { definition: { dsl: '1', name, start: '', steps: {} }, layout: emptyLayout }
}
