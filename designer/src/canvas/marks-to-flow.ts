// Notes and frames as React Flow shows them. What did not change keeps its node object.
import type { Diagram, DiagramGroup, DiagramNote } from '../drawing/diagram.ts'
import { sameList } from '../drawing/shared-diagram.ts'
import type { BoxNode, CanvasNode, FrameNode, NoteNode } from './flow-types.ts'

export interface MarkOptions {
  readonly isEditable: boolean
  readonly selection: ReadonlySet<string>
}

const noMarks: readonly MarkNode[] = []

export type MarkNode = NoteNode | FrameNode

export function markNodes(
  { notes, groups }: Diagram,
  { isEditable, selection }: MarkOptions,
  before: readonly MarkNode[],
): readonly MarkNode[] {
  if (notes.length + groups.length === 0) return noMarks
  const known = new Map(before.map((node) => [node.id, node]))
  const kept = (node: MarkNode) => {
    const old = known.get(node.id)
    return old !== undefined && isSame(old, node) ? old : node
  }
  const nodes = [
    ...groups.map((group) => kept(frameNode(group, isEditable, selection.has(group.path)))),
    ...notes.map((note) => kept(noteNode(note, isEditable, selection.has(note.path)))),
  ]
  return sameList(nodes, before)
}

const placed = ({ path, x, y, width, height, parent }: DiagramNote | DiagramGroup) => ({
  id: path,
  position: { x, y },
  width,
  height,
  measured: { width, height },
  ...(parent === undefined ? {} : { parentId: parent }),
  connectable: false,
  deletable: false,
  ariaRole: 'group' as const,
})

function noteNode(note: DiagramNote, isEditable: boolean, selected: boolean): NoteNode {
  return {
    ...placed(note),
    type: 'note',
    data: { note: note.note, origin: note.origin, isEditable },
    selected,
    draggable: isEditable,
    selectable: true,
    focusable: isEditable,
    ariaLabel: note.note.text.trim() === '' ? 'Empty note' : `Note: ${note.note.text}`,
  }
}

/**
 * A frame is held by its title and its border alone: what is pressed inside of it is meant for the steps there. So it is
 * not selected by a rectangle drawn over them either, and never rises above them.
 */
function frameNode(frame: DiagramGroup, isEditable: boolean, selected: boolean): FrameNode {
  const count = frame.holds.length
  return {
    ...placed(frame),
    type: 'frame',
    data: { group: frame.group, origin: frame.origin, isEditable },
    selected,
    draggable: isEditable,
    selectable: false,
    focusable: isEditable,
    style: { pointerEvents: 'none' },
    zIndex: selected ? -1001 : -1,
    ariaLabel: `Group ${frame.group.title}, ${count === 1 ? '1 step' : `${count} steps`}`,
  }
}

function isSame(old: MarkNode, node: MarkNode): boolean {
  const mark = (one: MarkNode) => (one.type === 'note' ? one.data.note : one.data.group)
  return (
    mark(old) === mark(node) &&
    old.selected === node.selected &&
    old.data.isEditable === node.data.isEditable &&
    old.parentId === node.parentId &&
    old.width === node.width &&
    old.height === node.height &&
    old.position.x === node.position.x &&
    old.position.y === node.position.y &&
    old.data.origin.x === node.data.origin.x &&
    old.data.origin.y === node.data.origin.y &&
    old.ariaLabel === node.ariaLabel
  )
}

/** Frames under the boxes beside them, notes over everything; what stands in a box comes after it. */
export function stacked(boxes: readonly BoxNode[], marks: readonly MarkNode[]): readonly CanvasNode[] {
  if (marks.length === 0) return boxes
  const frames = marks.filter((mark) => mark.type === 'frame')
  const notes = marks.filter((mark) => mark.type === 'note')
  const inner = new Map<string, FrameNode[]>()
  for (const frame of frames) {
    if (frame.parentId !== undefined) inner.set(frame.parentId, [...(inner.get(frame.parentId) ?? []), frame])
  }
  return [
    ...frames.filter(({ parentId }) => parentId === undefined),
    ...(inner.size === 0 ? boxes : boxes.flatMap((box) => [box, ...(inner.get(box.id) ?? [])])),
    ...notes,
  ]
}
