// A list at the cursor: type a few letters, Enter puts the step where the + was.
import { TextInput } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { matchingItems } from '../drawing/matching-items.ts'
import type { NewItem } from '../drawing/new-item.ts'
import { kindOf } from '../steps/registry.ts'
import styles from './canvas.module.css'
import { StepIcon } from './step-icon.tsx'
import { testIds } from './test-ids.ts'

export interface QuickAddProps {
  readonly items: readonly NewItem[]
  readonly at: { readonly x: number; readonly y: number }
  readonly onPick: (item: NewItem) => void
  readonly onClose: () => void
}

const size = { width: 264, height: 340 }

export function QuickAdd({ items, at, onPick, onClose }: QuickAddProps) {
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const frame = useRef<HTMLDivElement>(null)
  const found = useMemo(() => matchingItems(items, text), [items, text])
  const chosen = Math.min(active, found.length - 1)
  useEffect(() => {
    frame.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' })
  })
  useEffect(() => {
    const onDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target)) onClose()
    }
    window.addEventListener('pointerdown', onDown, true)
    return () => window.removeEventListener('pointerdown', onDown, true)
  }, [onClose])
  const onKeyDown = (event: React.KeyboardEvent) => {
    const item = found[chosen]
    if (event.key === 'ArrowDown') setActive(Math.min(chosen + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(chosen - 1, 0))
    else if (event.key === 'Enter' && item) onPick(item)
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      ref={frame}
      className={styles.quickAdd}
      data-testid={testIds.quickAdd}
      role="dialog"
      aria-label="Insert a step"
      style={{
        left: Math.max(8, Math.min(at.x, window.innerWidth - size.width - 8)),
        top: Math.max(8, Math.min(at.y, window.innerHeight - size.height - 8)),
      }}
      onKeyDown={onKeyDown}
    >
      <TextInput
        autoFocus
        mb={4}
        placeholder="Insert a step"
        aria-label="Find a step to insert"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setActive(0)
        }}
      />
      <div role="listbox" aria-label="Steps">
        {found.map((item, index) => (
          <button
            key={item.key}
            type="button"
            role="option"
            aria-selected={index === chosen}
            data-active={index === chosen}
            data-testid={testIds.quickAddItem(item.key)}
            className={`${styles.quickItem} ${styles[kindOf(item.step).family]}`}
            tabIndex={-1}
            onPointerMove={() => setActive(index)}
            onClick={() => onPick(item)}
          >
            <span className={styles.icon}>
              <StepIcon step={item.step} name={item.icon} size={14} />
            </span>
            <span title={item.summary}>{item.title}</span>
            <span className={styles.quickGroup}>{item.group}</span>
          </button>
        ))}
        {found.length === 0 && <div className="dc-muted">Nothing by that name</div>}
      </div>
    </div>
  )
}
