// What can be done from the keyboard. A page registers its actions while it is shown; the same list feeds the keys, the
// help on `?` and the command palette, so they can never disagree.
import { useEffect, useEffectEvent } from 'react'
import { create } from 'zustand'

export interface Shortcut {
  readonly id: string
  readonly title: string
  /** "mod+s", "shift+p", "/", "Escape", "g i" (one after the other). Without keys it stands in the palette only. */
  readonly keys?: string | readonly string[]
  readonly run: () => void
  readonly group?: string
  /** Works while typing in a field as well. */
  readonly inFields?: boolean
  /** Stays out of palette and help. */
  readonly isHidden?: boolean
  /** The browser listens to the keys itself: they are told of, and left to it. */
  readonly isNative?: boolean
}

export const useShortcuts = create<{ readonly shortcuts: readonly Shortcut[] }>()(() => ({ shortcuts: [] }))

export function registerShortcut(shortcut: Shortcut): () => void {
  useShortcuts.setState(({ shortcuts }) => ({ shortcuts: [...shortcuts, shortcut] }))
  return () => useShortcuts.setState(({ shortcuts }) => ({ shortcuts: shortcuts.filter((one) => one !== shortcut) }))
}

/** Registers while mounted. `run` may change from render to render. */
export function useShortcut(shortcut: Shortcut | null): void {
  const run = useEffectEvent(() => shortcut?.run())
  const { id, title, keys, group, inFields, isHidden, isNative } = shortcut ?? {}
  const keyText = typeof keys === 'string' ? keys : keys?.join('\n')
  useEffect(() => {
    if (id === undefined || title === undefined) return undefined
    return registerShortcut({
      id,
      title,
      run,
      ...(keyText === undefined ? {} : { keys: keyText.split('\n') }),
      ...(group === undefined ? {} : { group }),
      ...(inFields === undefined ? {} : { inFields }),
      ...(isHidden === undefined ? {} : { isHidden }),
      ...(isNative === undefined ? {} : { isNative }),
    })
  }, [id, title, keyText, group, inFields, isHidden, isNative])
}

export const keysOf = (shortcut: Shortcut): readonly string[] =>
  shortcut.keys === undefined ? [] : typeof shortcut.keys === 'string' ? [shortcut.keys] : shortcut.keys

type KeyLike = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Whether the event is the combination. For signs such as `?` and `/` the layout decides whether shift is held, so it is not asked for. */
export function isCombination(event: KeyLike, combination: string): boolean {
  const parts = combination.split('+')
  const key = (combination.endsWith('+') ? '+' : (parts.at(-1) ?? '')).toLowerCase()
  const wants = (name: string) => parts.slice(0, -1).includes(name)
  const isSign = key.length === 1 && !/[a-z0-9]/.test(key)
  return (
    event.key.toLowerCase() === key &&
    (event.ctrlKey || event.metaKey) === wants('mod') &&
    event.altKey === wants('alt') &&
    (isSign || event.shiftKey === wants('shift'))
  )
}

/** Keys as people read them: "mod+shift+p" → ["Ctrl", "Shift", "P"]. */
export function keyCaps(combination: string, isMac = /mac/i.test(navigator.platform)): string[] {
  const names: Record<string, string> = {
    mod: isMac ? '⌘' : 'Ctrl',
    alt: isMac ? '⌥' : 'Alt',
    shift: isMac ? '⇧' : 'Shift',
    escape: 'Esc',
    enter: 'Enter',
    delete: 'Del',
    backspace: '⌫',
    arrowup: '↑',
    arrowdown: '↓',
    arrowleft: '←',
    arrowright: '→',
    ' ': 'Space',
  }
  return combination
    .split(/(?<=[^+ ])[+ ](?=.)/)
    .map((part) => names[part.toLowerCase()] ?? (part.length === 1 ? part.toUpperCase() : part))
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))

const pressed = 'button, a[href], summary, [role="button"], [role="menuitem"], [role="option"], [role="tab"]'

/** Enter and space press what has the focus. */
function isPressing({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if ((key !== 'Enter' && key !== ' ') || ctrlKey || metaKey || altKey) return false
  return target instanceof Element && target.closest(pressed) !== null
}

/** What lies over the page has the keys to itself, but for those that work in fields too. */
const isOverPage = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"], [role="menu"]') !== null

const isSequence = (keys: string): boolean => keys.length > 1 && keys.includes(' ')

/** How long the second key of "g i" may take. */
const sequenceMs = 1_000

/** Listens on the window for all registered shortcuts; what was registered last comes first. The shell calls it once. */
export function listenToKeys(target: Window): () => void {
  let first: { readonly key: string; readonly at: number } | null = null

  const matches = (event: KeyboardEvent, keys: string): boolean => {
    const [one, two] = isSequence(keys) ? keys.split(' ') : [keys]
    if (one === undefined) return false
    if (two === undefined) return isCombination(event, one)
    return first?.key === one && Date.now() - first.at < sequenceMs && isCombination(event, two)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isPressing(event)) return
    const typing = isTyping(event.target) || isOverPage(event.target)
    const heard = useShortcuts
      .getState()
      .shortcuts.filter((shortcut) => shortcut.isNative !== true && (!typing || shortcut.inFields === true))
    const find = (isAsked: (keys: string) => boolean) =>
      heard.findLast((shortcut) => keysOf(shortcut).some((keys) => isAsked(keys) && matches(event, keys)))
    // After "g", the "i" of "g i" is meant, whatever "i" alone does on the page.
    const found = find(isSequence) ?? find((keys) => !isSequence(keys))
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1
    first = !found && isPlain && !typing ? { key: event.key.toLowerCase(), at: Date.now() } : null
    if (!found) return
    event.preventDefault()
    found.run()
  }
  target.addEventListener('keydown', onKeyDown)
  return () => target.removeEventListener('keydown', onKeyDown)
}
