import { useEffect, useRef } from 'react'
import { functionCalled, type Suggestion, signatureParts } from './expression-suggestions.ts'
import styles from './fields.module.css'

export interface CompletionsProps {
  readonly id: string
  readonly suggestions: readonly Suggestion[]
  readonly active: number
  readonly onAccept: (suggestion: Suggestion) => void
}

/** What the word at the caret may become; underneath what the one that would be taken is, in full. */
export function Completions({ id, suggestions, active, onAccept }: CompletionsProps) {
  const list = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const chosen = suggestions[active]
  // At the end of a form it would hang below what is seen.
  useEffect(() => {
    frame.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is to be seen when another one is active
  useEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div className={styles.completions} ref={frame}>
      <div className={styles.completionList} id={id} role="listbox" aria-label="Completions" ref={list}>
        {suggestions.map((suggestion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works from the text field
          // biome-ignore lint/a11y/useFocusableInteractive: options of a combobox are never focused
          <div
            key={suggestion.text}
            id={`${id}-${index}`}
            role="option"
            aria-label={`${suggestion.isFunction ? suggestion.shown : suggestion.text}, ${suggestion.detail}`}
            aria-selected={index === active}
            data-active={index === active}
            className={styles.completion}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onAccept(suggestion)}
          >
            <code data-function={suggestion.isFunction}>{suggestion.shown}</code>
            <span>{suggestion.detail}</span>
          </div>
        ))}
      </div>
      {chosen && (
        <div className={styles.completionFoot}>
          <code>{chosen.isFunction ? chosen.shown : chosen.text}</code> {chosen.detail}
        </div>
      )}
    </div>
  )
}

/** The signature of the function that the caret stands in, with the argument that is being written. */
export function SignatureHelp({ name, argument }: { readonly name: string; readonly argument: number }) {
  const entry = functionCalled(name)
  if (entry === undefined) return null
  const { head, arguments: parts } = signatureParts(entry.signature)
  return (
    <div className={styles.signature} data-testid="signature">
      <code>
        {head}(
        {parts.map((part, index) => (
          <span key={part}>
            {index > 0 && ', '}
            {index === Math.min(argument, parts.length - 1) ? <strong>{part}</strong> : part}
          </span>
        ))}
        )
      </code>{' '}
      {entry.summary}
    </div>
  )
}
