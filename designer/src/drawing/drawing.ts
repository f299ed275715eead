// What the designer edits: the definition, valid or not, and beside it the layout, which the server keeps without
// looking at it. A scope whose boxes have no positions is laid out by itself at every change; the first box that
// a person moves pins its whole scope, and tidying takes the pins out again.
import type { DefinitionTest, Mocks } from '@durable-canvas/interpreter/core'
import type { JsonObject } from './json.ts'
import type { Port } from './ports.ts'

export type Direction = 'TB' | 'LR'
export type Position = { readonly x: number; readonly y: number }
export type Positions = { readonly [staticPath: string]: Position }

/** A free text. Read them by `notesOf`. */
export type Note = {
  readonly id: string
  /** The scope that it was made in; it is drawn wherever that scope is. */
  readonly scope: string
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** A box that it stands beside, and where it is from that one's corner: it goes where the box goes. */
  readonly beside?: { readonly step: string; readonly x: number; readonly y: number } | undefined
  readonly colour?: string
}

/** How far a frame stands off what it is around. */
export type Room = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** A coloured frame around boxes of one scope. Read them by `groupsOf`. */
export type Group = {
  readonly id: string
  readonly scope: string
  readonly title: string
  /** Boxes by their paths. The frame is around them, wherever they stand. */
  readonly members: readonly string[]
  readonly room?: Room
  /** Where the frame stands while it has no members. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly colour?: string
}

/** As others may have written it. */
export type StoredGroup = Partial<Group> & Pick<Group, 'id' | 'title' | 'members'>

export type Layout = {
  readonly positions: Positions
  readonly collapsed?: readonly string[]
  readonly direction?: Direction
  readonly notes?: readonly Note[]
  readonly groups?: readonly StoredGroup[]
  /** What a simulated run takes instead of the real answers; read them by `mocksOf` and `testsOf`. */
  readonly mocks?: Mocks
  readonly tests?: readonly DefinitionTest[]
}

/** An edge that is no longer in the definition. Both ends are paths. */
export interface LostEdge {
  readonly id: string
  readonly scope: string
  readonly from: string
  readonly port: Port
  readonly to: string
  readonly label: string
}

export interface Drawing {
  readonly definition: JsonObject
  readonly layout: Layout
  /** Only of a comparison: drawn and laid out with the others. */
  readonly lost?: readonly LostEdge[]
}

export const emptyLayout: Layout = { positions: {} }

export function newDrawing(name: string): Drawing {
  return { definition: { dsl: '1', name, start: '', steps: {} }, layout: emptyLayout }
}
