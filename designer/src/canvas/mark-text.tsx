// The text of a note or the title of a group, written in its own place. What is typed is one entry of the history.
import { useEffect, useLayoutEffect, useRef } from 'react'
import { markTyping } from '../drawing/marks.ts'
import { titleGroup } from '../drawing/operations/groups.ts'
import { writeNote } from '../drawing/operations/notes.ts'
import { perform, sealTyping } from '../store/drawing-store.ts'
import { endMarkEditing } from '../store/mark-editing.ts'
import styles from './marks.module.css'

interface MarkTextProps {
  readonly path: string
  readonly text: string
}

function leave(field: HTMLElement): void {
  endMarkEditing()
  field.closest<HTMLElement>('.react-flow__node')?.focus({ preventScroll: true })
}

/** As high as its text needs, never lower than it was made. */
export function NoteText({ path, text }: MarkTextProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const area = field.current
    area?.focus({ preventScroll: true })
    area?.setSelectionRange(area.value.length, area.value.length)
    return sealTyping
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text may need another height
  useLayoutEffect(() => {
    const area = field.current
    const over = area === null ? 0 : area.scrollHeight - area.clientHeight
    if (area !== null && over > 0) {
      const card = area.parentElement?.offsetHeight ?? 0
      perform((before) => writeNote(before, path, area.value, card + over), markTyping(path))
    }
  }, [text, path])
  return (
    <textarea
      ref={field}
      className={`${styles.text} ${styles.writing} nodrag nopan nowheel`}
      aria-label="Text of the note"
      placeholder="Write a note"
      value={text}
      onChange={({ currentTarget }) =>
        perform((before) => writeNote(before, path, currentTarget.value), markTyping(path))
      }
      onBlur={endMarkEditing}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return
        event.preventDefault()
        event.stopPropagation()
        leave(event.currentTarget)
      }}
    />
  )
}

export function GroupTitle({ path, text }: MarkTextProps) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.select()
    return sealTyping
  }, [])
  return (
    <input
      ref={field}
      className={`${styles.titleField} nodrag nopan`}
      aria-label="Title of the group"
      placeholder="Title"
      value={text}
      onChange={({ currentTarget }) =>
        perform((before) => titleGroup(before, path, currentTarget.value), markTyping(path))
      }
      onBlur={endMarkEditing}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' && event.key !== 'Enter') return
        event.preventDefault()
        event.stopPropagation()
        leave(event.currentTarget)
      }}
    />
  )
}
