import type { Json } from '@durable-canvas/schema'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { CopyButton } from './copy-button.tsx'
import { type JsonLine, jsonLines, pageSize, preview } from './json-lines.ts'
import styles from './json-view.module.css'

export interface JsonViewProps {
  readonly value: Json
  readonly label: string
  /** Unfolded to this depth by itself. */
  readonly openDepth?: number
  /** Takes all the height that it needs rather than scrolling in itself. */
  readonly isTall?: boolean
}

/** A longer text is cut until someone asks for all of it. */
const longestText = 400

/** JSON folded, coloured and copyable. Arrows move and fold, Enter unfolds, `c` copies the line's value. */
export function JsonView({ value, label, openDepth = 2, isTall = false }: JsonViewProps) {
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map())
  const [current, setCurrent] = useState('')
  const id = useId()
  const tree = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => jsonLines(value, { folds, openDepth, shown }), [value, folds, openDepth, shown])
  const at = Math.max(
    0,
    lines.findIndex((line) => line.pointer === current),
  )

  const fold = (line: JsonLine, open: boolean) => setFolds(new Map(folds).set(line.pointer, open))
  const showMore = (line: JsonLine) => {
    const parent = line.pointer.slice(0, line.pointer.lastIndexOf('/'))
    setShown(new Map(shown).set(parent, (shown.get(parent) ?? pageSize) + pageSize * 5))
  }
  const activate = (line: JsonLine) =>
    line.hidden > 0 ? showMore(line) : line.size ? fold(line, !line.isOpen) : undefined

  const moveTo = (index: number) => {
    const line = lines[Math.max(0, Math.min(lines.length - 1, index))]
    if (!line) return
    setCurrent(line.pointer)
    tree.current?.querySelector(`[id="${CSS.escape(`${id}${line.pointer}`)}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const line = lines[at]
    if (!line || event.ctrlKey || event.metaKey || event.altKey) return
    const act = keyAction(event.key)
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
    function keyAction(key: string): (() => void) | undefined {
      if (!line) return undefined
      if (key === 'ArrowDown') return () => moveTo(at + 1)
      if (key === 'ArrowUp') return () => moveTo(at - 1)
      if (key === 'Home') return () => moveTo(0)
      if (key === 'End') return () => moveTo(lines.length - 1)
      if (key === 'ArrowRight') return () => (line.size && !line.isOpen ? fold(line, true) : moveTo(at + 1))
      if (key === 'ArrowLeft')
        return () =>
          line.isOpen
            ? fold(line, false)
            : moveTo(lines.findLastIndex((other, index) => index < at && other.depth < line.depth))
      if (key === 'Enter' || key === ' ') return () => activate(line)
      if (key === 'c') return () => void navigator.clipboard?.writeText(textOf(line.value))
      return undefined
    }
  }

  return (
    <div className={styles.box} data-tall={isTall}>
      <div className={styles.copy}>
        <CopyButton value={textOf(value)} label={`Copy ${label}`} />
      </div>
      <div
        className={styles.tree}
        role="tree"
        aria-label={label}
        tabIndex={0}
        ref={tree}
        onKeyDown={onKeyDown}
        aria-activedescendant={`${id}${lines[at]?.pointer ?? ''}`}
      >
        {lines.map((line) => (
          <Line
            key={line.pointer}
            id={`${id}${line.pointer}`}
            line={line}
            isCurrent={line === lines[at]}
            onPick={() => setCurrent(line.pointer)}
            onActivate={() => activate(line)}
          />
        ))}
      </div>
    </div>
  )
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))

interface LineProps {
  readonly id: string
  readonly line: JsonLine
  readonly isCurrent: boolean
  readonly onPick: () => void
  readonly onActivate: () => void
}

function Line({ id, line, isCurrent, onPick, onActivate }: LineProps) {
  const canFold = line.size !== null && line.size > 0
  const Chevron = line.isOpen ? IconChevronDown : IconChevronRight
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and names the current line
    <div
      id={id}
      role="treeitem"
      aria-level={line.depth + 1}
      aria-selected={isCurrent}
      {...(canFold ? { 'aria-expanded': line.isOpen } : {})}
      className={styles.line}
      data-current={isCurrent}
      style={{ paddingLeft: 4 + line.depth * 14 }}
      onClick={() => {
        onPick()
        onActivate()
      }}
    >
      <span className={styles.chevron}>{canFold && <Chevron size={12} aria-hidden />}</span>
      {line.hidden > 0 ? (
        <span className={styles.more}>Show more ({line.hidden} left)</span>
      ) : (
        <span>
          {line.name !== null && <span className={styles.name}>{line.name}: </span>}
          {line.size === null ? (
            <Leaf value={line.value} />
          ) : (
            <span className={styles.preview}>{line.isOpen ? openWords(line) : preview(line.value)}</span>
          )}
        </span>
      )}
    </div>
  )
}

/** Of an unfolded value only how much it holds: an unfolded member of an object says that by its lines. */
function openWords({ value, size, name }: JsonLine): string {
  if (Array.isArray(value)) return size === 1 ? '1 item' : `${size} items`
  return name === null ? (size === 1 ? '1 member' : `${size} members`) : ''
}

function Leaf({ value }: { readonly value: Json }) {
  const [isWhole, setWhole] = useState(false)
  if (typeof value !== 'string')
    return <span className={typeof value === 'number' ? styles.number : styles.literal}>{String(value)}</span>
  if (value.length <= longestText || isWhole) return <span className={styles.string}>{JSON.stringify(value)}</span>
  return (
    <span className={styles.string}>
      {JSON.stringify(value.slice(0, longestText)).slice(0, -1)}…{' '}
      <button
        type="button"
        className={styles.whole}
        onClick={(event) => {
          event.stopPropagation()
          setWhole(true)
        }}
      >
        show all {value.length} characters
      </button>
    </span>
  )
}
