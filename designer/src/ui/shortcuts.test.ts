// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest'
import { isCombination, keyCaps, listenToKeys, registerShortcut, useShortcuts } from './shortcuts.ts'

const key = (text: string, more: Partial<KeyboardEvent> = {}) => ({
  key: text,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

afterEach(() => useShortcuts.setState({ shortcuts: [] }))

test('mod is Ctrl or Cmd, and a modifier too many is another combination', () => {
  expect(isCombination(key('k', { ctrlKey: true }), 'mod+k')).toBe(true)
  expect(isCombination(key('k', { metaKey: true }), 'mod+k')).toBe(true)
  expect(isCombination(key('k'), 'mod+k')).toBe(false)
  expect(isCombination(key('K', { ctrlKey: true, shiftKey: true }), 'mod+k')).toBe(false)
  expect(isCombination(key('P', { shiftKey: true }), 'shift+p')).toBe(true)
})

test('signs match however the keyboard makes them', () => {
  expect(isCombination(key('?', { shiftKey: true }), '?')).toBe(true)
  expect(isCombination(key('/', { shiftKey: true }), '/')).toBe(true)
  expect(isCombination(key('+', { ctrlKey: true }), 'mod++')).toBe(true)
})

test('the shortcut registered last wins, and the one before is back once it is gone', () => {
  const stop = listenToKeys(window)
  const outer = vi.fn()
  const inner = vi.fn()
  registerShortcut({ id: 'outer', title: 'Outer', keys: 'Escape', run: outer })
  const remove = registerShortcut({ id: 'inner', title: 'Inner', keys: 'Escape', run: inner })
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
  remove()
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
  expect([inner.mock.calls.length, outer.mock.calls.length]).toEqual([1, 1])
  stop()
})

test('while typing only shortcuts meant for fields work', () => {
  const stop = listenToKeys(window)
  const search = vi.fn()
  const save = vi.fn()
  registerShortcut({ id: 'search', title: 'Search', keys: '/', run: search })
  registerShortcut({ id: 'save', title: 'Save', keys: 'mod+s', run: save, inFields: true })
  const input = document.body.appendChild(document.createElement('input'))
  input.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }))
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 's', ctrlKey: true, bubbles: true }))
  expect([search.mock.calls.length, save.mock.calls.length]).toEqual([0, 1])
  input.remove()
  stop()
})

test('Enter presses the button that has the focus, and a dialog has its keys to itself', () => {
  const stop = listenToKeys(window)
  const [edit, remove, palette] = [vi.fn(), vi.fn(), vi.fn()]
  registerShortcut({ id: 'edit', title: 'Edit', keys: 'Enter', run: edit })
  registerShortcut({ id: 'remove', title: 'Remove', keys: 'Delete', run: remove })
  registerShortcut({ id: 'find', title: 'Find', keys: 'mod+k', run: palette, inFields: true })
  document.body.innerHTML =
    '<div tabindex="0">a step</div><button>A button</button><div role="dialog"><p>Sure?</p></div>'
  const send = (selector: string, key: string, ctrlKey = false) => {
    const event = new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true })
    document.querySelector(selector)?.dispatchEvent(event)
    return event.defaultPrevented
  }
  expect(send('button', 'Enter')).toBe(false)
  expect(edit).not.toHaveBeenCalled()
  expect(send('[tabindex]', 'Enter')).toBe(true)
  expect(edit).toHaveBeenCalledOnce()
  send('button', 'Delete')
  expect(remove).toHaveBeenCalledOnce()
  send('p', 'Delete')
  expect(remove).toHaveBeenCalledOnce()
  send('p', 'k', true)
  expect(palette).toHaveBeenCalledOnce()
  document.body.innerHTML = ''
  stop()
})

test('two keys one after the other are one shortcut', () => {
  const stop = listenToKeys(window)
  const run = vi.fn()
  registerShortcut({ id: 'go', title: 'Go to instances', keys: 'g i', run })
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'i' }))
  expect(run).not.toHaveBeenCalled()
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'g' }))
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'i' }))
  expect(run).toHaveBeenCalledOnce()
  // What the second key does alone on the page that is open comes after.
  const alone = vi.fn()
  registerShortcut({ id: 'drill', title: 'Into the scope', keys: 'i', run: alone })
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'g' }))
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'i' }))
  expect([run.mock.calls.length, alone.mock.calls.length]).toEqual([2, 0])
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'i' }))
  expect([run.mock.calls.length, alone.mock.calls.length]).toEqual([2, 1])
  stop()
})

test('a key that the browser listens to itself is left to it', () => {
  const stop = listenToKeys(window)
  const run = vi.fn()
  registerShortcut({ id: 'paste', title: 'Paste', keys: 'mod+v', run, isNative: true })
  const event = new KeyboardEvent('keydown', { key: 'v', ctrlKey: true, cancelable: true })
  window.dispatchEvent(event)
  expect([run.mock.calls.length, event.defaultPrevented]).toEqual([0, false])
  stop()
})

test('key caps read as on the keyboard', () => {
  expect(keyCaps('mod+shift+p', false)).toEqual(['Ctrl', 'Shift', 'P'])
  expect(keyCaps('mod+k', true)).toEqual(['⌘', 'K'])
  expect(keyCaps('g i', false)).toEqual(['G', 'I'])
  expect(keyCaps('+', false)).toEqual(['+'])
  expect(keyCaps('mod++', false)).toEqual(['Ctrl', '+'])
})
