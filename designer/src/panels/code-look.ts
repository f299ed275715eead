import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--dc-json-key)' },
  { tag: tags.string, color: 'var(--dc-json-string)' },
  { tag: tags.number, color: 'var(--dc-json-number)' },
  { tag: [tags.bool, tags.null], color: 'var(--dc-json-literal)' },
])

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '12px', color: 'var(--dc-text)', backgroundColor: 'var(--dc-surface)' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '18px' },
  '.cm-content': { caretColor: 'var(--dc-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--dc-text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--dc-surface)',
    color: 'var(--dc-faint)',
    borderRight: '1px solid var(--dc-border)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--dc-hover)' },
  '.cm-selectedStep': { backgroundColor: 'var(--dc-accent-soft)', boxShadow: 'inset 2px 0 0 var(--dc-accent)' },
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--dc-selected) !important' },
  '.cm-tooltip': {
    backgroundColor: 'var(--dc-raised)',
    border: '1px solid var(--dc-border-strong)',
    borderRadius: '6px',
    color: 'var(--dc-text)',
    boxShadow: 'var(--dc-shadow)',
  },
  '.cm-tooltip .cm-tooltip-section:not(:first-child)': { borderTop: '1px solid var(--dc-border)' },
  '.cm-tooltip-autocomplete ul li': { padding: '2px 8px !important', lineHeight: '18px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--dc-selected)', color: 'var(--dc-text)' },
  '.cm-completionDetail': { marginLeft: '10px', color: 'var(--dc-muted)', fontStyle: 'normal', fontSize: '11px' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-tooltip.cm-completionInfo': { maxWidth: '300px', padding: '6px 10px', fontSize: '12px' },
  '.cm-told': { maxWidth: '420px', padding: '6px 10px', fontSize: '12px', lineHeight: '17px' },
  '.cm-told strong': { fontFamily: 'var(--mantine-font-family-monospace)' },
  '.cm-told span': { marginLeft: '8px', color: 'var(--dc-muted)', fontSize: '11px' },
  '.cm-told p': { margin: '3px 0 0', overflowWrap: 'anywhere' },
  '.cm-diagnosticAction': {
    padding: '1px 8px',
    border: '1px solid var(--dc-border-strong)',
    borderRadius: '4px',
    backgroundColor: 'var(--dc-surface)',
    color: 'var(--dc-text)',
    fontSize: '11px',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--dc-accent-soft) !important', outline: 'none' },
})

export const codeLook: Extension = [look, syntaxHighlighting(colours)]
