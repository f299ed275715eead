import type { Edge, Node } from '@xyflow/react'
import type { DiagramBox, DiagramEdge } from '../drawing/diagram.ts'
import type { Direction, Group, Note, Position } from '../drawing/drawing.ts'
import type { Exit, Rect } from '../drawing/edge-route.ts'
import type { StepState } from '../drawing/step-state.ts'
import type { Difference } from '../drawing/version-differences.ts'

export type { Difference } from '../drawing/version-differences.ts'

export type BoxData = {
  readonly box: DiagramBox
  readonly direction: Direction
  readonly isEditable: boolean
  readonly title: string
  readonly line: string
  readonly isEmpty: boolean
  /** Absent where there is no instance; null for a step that was not reached. */
  readonly state?: StepState | null
  readonly errors: number
  readonly warnings: number
  readonly isDropTarget: boolean
  readonly difference?: Difference
  readonly activityIcon?: string
  /** A simulated run stops here. */
  readonly hasBreakpoint?: boolean
}

export type BoxNode = Node<BoxData, 'start' | 'card' | 'container' | 'lane'>

export type NoteData = { readonly note: Note; readonly origin: Position; readonly isEditable: boolean }
export type NoteNode = Node<NoteData, 'note'>

export type FrameData = { readonly group: Group; readonly origin: Position; readonly isEditable: boolean }
export type FrameNode = Node<FrameData, 'frame'>

export type CanvasNode = BoxNode | NoteNode | FrameNode

export const isBoxNode = (node: CanvasNode): node is BoxNode => 'box' in node.data

export type WireData = {
  readonly edge: DiagramEdge
  readonly direction: Direction
  readonly exit: Exit
  /** The box that the edge is drawn inside of, and what stands there with it. */
  readonly parent: string
  readonly obstacles: readonly Rect[]
  readonly isEditable: boolean
  readonly isDropTarget: boolean
  readonly isFork: boolean
  /** Absent where there is no instance. */
  readonly isTaken?: boolean
  readonly difference?: Difference
}

export type WireEdge = Edge<WireData, 'wire'>
