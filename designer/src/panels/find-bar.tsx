import { ActionIcon, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { canvasCommands } from '../canvas/canvas-commands.ts'
import { rootScope, scopeOf } from '../drawing/static-path.ts'
import { allSteps } from '../drawing/tree.ts'
import { drillTo, select, useDrawing } from '../store/drawing-store.ts'
import { useShortcut } from '../ui/shortcuts.ts'
import styles from './designer.module.css'

/** Finds steps by anything that they say; Enter goes to the next one, Shift+Enter to the one before. */
export function FindBar() {
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const definition = useDrawing((state) => (isOpen ? state.drawing.definition : undefined))
  const selected = useDrawing((state) => state.selection.at(-1))
  const found = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    if (wanted === '' || definition === undefined) return []
    return allSteps(definition)
      .filter(({ path, step }) => {
        const { body: _body, branches: _branches, ...own } = step
        return `${path} ${JSON.stringify(own)}`.toLowerCase().includes(wanted)
      })
      .map(({ path }) => path)
  }, [definition, text])
  const at = selected === undefined ? -1 : found.indexOf(selected)
  const go = (by: 1 | -1) => {
    const next = found[(at + by + (at < 0 && by < 0 ? 1 : 0) + found.length) % Math.max(1, found.length)]
    if (next === undefined) return
    const { root } = useDrawing.getState()
    if (root !== rootScope && !next.startsWith(`${root}/`)) drillTo(scopeOf(next))
    select([next])
    canvasCommands()?.show(next)
  }
  useShortcut({
    id: 'designer.find',
    title: 'Find in the drawing',
    keys: 'mod+f',
    group: 'Canvas',
    run: () => {
      setOpen(true)
      setTimeout(() => input.current?.select())
    },
  })
  if (!isOpen) return null
  const close = () => {
    setOpen(false)
    setText('')
    canvasCommands()?.focus()
  }
  return (
    <search className={styles.find} aria-label="Find in the drawing">
      <TextInput
        ref={input}
        autoFocus
        aria-label="Find in the drawing"
        placeholder="Title, id, activity, expression…"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape') close()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <span className={styles.note} role="status">
        {text.trim() === '' ? '' : countWords(at, found.length)}
      </span>
      <ActionIcon size="sm" aria-label="Previous" disabled={found.length === 0} onClick={() => go(-1)}>
        <IconChevronUp size={15} />
      </ActionIcon>
      <ActionIcon size="sm" aria-label="Next" disabled={found.length === 0} onClick={() => go(1)}>
        <IconChevronDown size={15} />
      </ActionIcon>
      <ActionIcon size="sm" aria-label="Close" onClick={close}>
        <IconX size={15} />
      </ActionIcon>
    </search>
  )
}

function countWords(at: number, length: number): string {
  if (length === 0) return 'none'
  return at < 0 ? `${length} found` : `${at + 1} of ${length}`
}
