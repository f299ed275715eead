import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { memo, useMemo, useRef, useState } from 'react'
import { canvasCommands } from '../canvas/canvas-commands.ts'
import { StepIcon } from '../canvas/step-icon.tsx'
import { testIds } from '../canvas/test-ids.ts'
import { matchingItems } from '../drawing/matching-items.ts'
import type { NewItem } from '../drawing/new-item.ts'
import { kindOf } from '../steps/registry.ts'
import { dragItem } from '../store/drawing-drag.ts'
import { insertAfterSelection } from '../store/drawing-insert.ts'
import { useShortcut } from '../ui/shortcuts.ts'
import styles from './palette.module.css'
import type { PaletteItems } from './palette-items.ts'

export const Palette = memo(function Palette({ items, groups, activitiesFailed }: PaletteItems) {
  const [text, setText] = useState('')
  const search = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  useShortcut({
    id: 'designer.search',
    title: 'Search the palette',
    keys: '/',
    group: 'Designer',
    run: () => search.current?.focus(),
  })
  const found = useMemo(() => matchingItems(items, text), [items, text])
  const first = found[0]
  const move = (from: HTMLElement, by: number) => {
    const entries = [...(list.current?.querySelectorAll<HTMLElement>('[data-palette]') ?? [])]
    const next = entries[entries.indexOf(from) + by]
    if (next) next.focus()
    else if (by < 0) search.current?.focus()
  }
  return (
    <aside className={styles.palette} aria-label="Palette">
      <div className={styles.search}>
        <TextInput
          ref={search}
          aria-label="Search steps"
          placeholder="Search steps"
          leftSection={<IconSearch size={14} stroke={1.6} />}
          rightSection={<kbd>/</kbd>}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              setText('')
              event.currentTarget.blur()
              canvasCommands()?.focus()
            }
            if (event.key === 'Enter' && first) insertAfterSelection(first)
            if (event.key === 'ArrowDown') {
              event.preventDefault()
              list.current?.querySelector<HTMLElement>('[data-palette]')?.focus()
            }
          }}
        />
      </div>
      <div className={styles.list} ref={list}>
        {groups.map((group) => {
          const entries = found.filter((item) => item.group === group)
          if (entries.length === 0) {
            return group === 'Activities' && text === '' ? (
              <section key={group} aria-label={group}>
                <h2 className={styles.group}>{group}</h2>
                <p className={styles.none}>
                  {activitiesFailed
                    ? 'The catalogue could not be loaded.'
                    : 'No activity is registered on the server yet.'}
                </p>
              </section>
            ) : null
          }
          return (
            <section key={group} aria-label={group}>
              <h2 className={styles.group}>{group}</h2>
              {entries.map((item) => (
                <Entry key={item.key} item={item} onMove={move} />
              ))}
            </section>
          )
        })}
        {found.length === 0 && <p className={styles.none}>Nothing by that name.</p>}
      </div>
    </aside>
  )
})

interface EntryProps {
  readonly item: NewItem
  readonly onMove: (from: HTMLElement, by: number) => void
}

function Entry({ item, onMove }: EntryProps) {
  return (
    <button
      type="button"
      draggable
      data-palette
      data-testid={testIds.paletteItem(item.key)}
      className={`${styles.entry} ${styles[kindOf(item.step).family]}`}
      title={`${item.summary.replace(/\.$/, '')}. Drag it onto the canvas, or press Enter to put it after the selected step.`}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'copy'
        event.dataTransfer.setData('text/plain', item.title)
        dragItem(item)
      }}
      onDragEnd={() => dragItem(undefined)}
      onDoubleClick={() => insertAfterSelection(item)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') insertAfterSelection(item)
        else if (event.key === 'ArrowDown') onMove(event.currentTarget, 1)
        else if (event.key === 'ArrowUp') onMove(event.currentTarget, -1)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <span className={styles.icon}>
        <StepIcon step={item.step} name={item.icon} size={16} />
      </span>
      <span className={styles.text}>
        <span className={styles.title}>{item.title}</span>
        <span className={styles.summary}>{item.summary}</span>
      </span>
    </button>
  )
}
