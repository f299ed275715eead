// What the canvas shows beside the boxes: notes, and the frames of groups.
import { type NodeProps, NodeResizer, type OnResizeEnd } from '@xyflow/react'
import { type CSSProperties, memo } from 'react'
import type { Position } from '../drawing/drawing.ts'
import type { Rect } from '../drawing/edge-route.ts'
import { colourOf, smallestGroup, smallestNote } from '../drawing/marks.ts'
import { resizeGroup } from '../drawing/operations/groups.ts'
import { resizeNote } from '../drawing/operations/notes.ts'
import { perform, select, useDrawing } from '../store/drawing-store.ts'
import { editMark, useMarkEditing } from '../store/mark-editing.ts'
import type { FrameNode, NoteNode } from './flow-types.ts'
import { GroupTitle, NoteText } from './mark-text.tsx'
import { markStyle } from './mark-tokens.ts'
import styles from './marks.module.css'
import { testIds } from './test-ids.ts'

const inScope = (rect: Rect, origin: Position): Rect => ({ ...rect, x: rect.x - origin.x, y: rect.y - origin.y })

const Note = memo(({ id, data, selected }: NodeProps<NoteNode>) => {
  const { note, origin, isEditable } = data
  const isWriting = useMarkEditing(({ path }) => isEditable && path === id)
  const onResizeEnd: OnResizeEnd = (_, { x, y, width, height }) => {
    perform((before) => resizeNote(before, id, inScope({ x, y, width, height }, origin)))
  }
  return (
    <>
      {isEditable && selected && (
        <NodeResizer
          minWidth={smallestNote.width}
          minHeight={smallestNote.height}
          onResizeEnd={onResizeEnd}
          handleClassName={styles.handle ?? ''}
          lineClassName={styles.line ?? ''}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard has Enter on the note */}
      <div
        className={`${styles.note} ${selected ? styles.selected : ''}`}
        style={markStyle(colourOf(note.colour, 'amber')) as CSSProperties}
        data-testid={testIds.note(note.id)}
        onDoubleClick={(event) => {
          if (!isEditable) return
          event.stopPropagation()
          editMark(id)
        }}
      >
        {isWriting ? (
          <NoteText path={id} text={note.text} />
        ) : (
          <div className={styles.text}>{note.text || <span className={styles.empty}>Empty note</span>}</div>
        )}
      </div>
    </>
  )
})

function choose(path: string, isAdding: boolean): void {
  const { selection, selectedEdges } = useDrawing.getState()
  if (!isAdding) return select([path])
  const others = selection.filter((other) => other !== path)
  return select(others.length < selection.length ? others : [...others, path], selectedEdges)
}

const Frame = memo(({ id, data, selected, parentId }: NodeProps<FrameNode>) => {
  const { group, origin, isEditable } = data
  const isWriting = useMarkEditing(({ path }) => isEditable && path === id)
  const onResizeEnd: OnResizeEnd = (_, { x, y, width, height }) => {
    perform((before) => resizeGroup(before, id, inScope({ x, y, width, height }, origin)))
  }
  const hold = isEditable
    ? {
        onClick: (event: React.MouseEvent) => {
          event.stopPropagation()
          choose(id, event.shiftKey || event.metaKey || event.ctrlKey)
        },
        onDoubleClick: (event: React.MouseEvent) => {
          event.stopPropagation()
          editMark(id)
        },
      }
    : {}
  return (
    <>
      <div
        className={`${styles.frame} ${selected ? styles.selected : ''}`}
        style={markStyle(colourOf(group.colour, 'blue')) as CSSProperties}
        data-testid={testIds.group(group.id)}
        data-nested={parentId !== undefined}
      >
        <div className={styles.title} data-editable={isEditable} {...hold}>
          {isWriting ? (
            <GroupTitle path={id} text={group.title} />
          ) : (
            <span className="dc-clip">{group.title || 'Group'}</span>
          )}
        </div>
        {/* Inside of a container edges run under the frame, so that its border would take what is meant for them. */}
        {isEditable &&
          parentId === undefined &&
          (['top', 'right', 'bottom', 'left'] as const).map((side) => (
            <div key={side} className={styles.border} data-side={side} {...hold} />
          ))}
      </div>
      {isEditable && selected && (
        <NodeResizer
          minWidth={smallestGroup.width}
          minHeight={smallestGroup.height}
          onResizeEnd={onResizeEnd}
          handleClassName={styles.handle ?? ''}
          lineClassName={styles.line ?? ''}
        />
      )}
    </>
  )
})

Note.displayName = 'Note'
Frame.displayName = 'Frame'

export const markNodeTypes = { note: Note, frame: Frame }
