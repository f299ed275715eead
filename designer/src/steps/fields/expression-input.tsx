// The field for an expression: one colour of its own, the delimiters out of sight, completion while typing, the error
// where it is, and underneath what it gives for sample data.
import { compileExpression, ExpressionError, functionCatalogue } from '@durable-canvas/schema'
import { memo, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Named, Sample } from '../../drawing/names-in-reach.ts'
import { sealTyping } from '../../store/drawing-store.ts'
import { type Token, tokensOf, wordBefore } from './expression-tokens.ts'
import { useFieldOwner } from './field-owner.tsx'
import styles from './fields.module.css'

export interface ExpressionInputProps {
  readonly source: string
  readonly onChange: (source: string) => void
  readonly labelledBy: string
  readonly placeholder?: string | undefined
}

interface Suggestion {
  readonly text: string
  readonly detail: string
  readonly isFunction: boolean
}

export function ExpressionInput({ source, onChange, labelledBy, placeholder }: ExpressionInputProps) {
  const { names, sample } = useFieldOwner()
  const area = useRef<HTMLTextAreaElement>(null)
  const caretAfter = useRef<number>(undefined)
  const [caret, setCaret] = useState<number>()
  const [active, setActive] = useState(0)
  const [isFocused, setFocused] = useState(false)
  const listId = useId()
  const problem = useMemo(() => faultOf(source), [source])
  const suggestions = useMemo(
    () => (caret === undefined ? [] : suggest(names(), source, caret)),
    [names, source, caret],
  )
  const chosen = Math.min(active, suggestions.length - 1)

  useEffect(() => {
    if (caretAfter.current === undefined) return
    area.current?.setSelectionRange(caretAfter.current, caretAfter.current)
    caretAfter.current = undefined
  })

  const accept = (suggestion: Suggestion) => {
    const { start } = wordBefore(source, caret ?? source.length)
    const text = suggestion.isFunction ? `${suggestion.text}()` : suggestion.text
    onChange(source.slice(0, start) + text + source.slice(caret ?? source.length))
    caretAfter.current = start + text.length - (suggestion.isFunction ? 1 : 0)
    setCaret(undefined)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const suggestion = suggestions[chosen]
    if (event.key === ' ' && event.ctrlKey) setCaret(area.current?.selectionStart)
    else if (suggestion === undefined) return
    else if (event.key === 'ArrowDown') setActive((chosen + 1) % suggestions.length)
    else if (event.key === 'ArrowUp') setActive((chosen - 1 + suggestions.length) % suggestions.length)
    else if (event.key === 'Enter' || event.key === 'Tab') accept(suggestion)
    else if (event.key === 'Escape') setCaret(undefined)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div>
      <div className={styles.expression} data-invalid={problem !== undefined && !isFocused}>
        <pre aria-hidden>
          <Coloured source={source} wrongAt={problem?.position} />
        </pre>
        <textarea
          ref={area}
          value={source}
          rows={1}
          spellCheck={false}
          autoComplete="off"
          placeholder={placeholder}
          role="combobox"
          aria-labelledby={labelledBy}
          aria-autocomplete="list"
          aria-expanded={suggestions.length > 0}
          aria-controls={listId}
          aria-activedescendant={suggestions.length > 0 ? `${listId}-${chosen}` : undefined}
          aria-invalid={problem !== undefined}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.value)
            setCaret(currentTarget.selectionStart)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false)
            setCaret(undefined)
            sealTyping()
          }}
        />
        {suggestions.length > 0 && (
          <div className={styles.completions} id={listId} role="listbox" aria-label="Completions">
            {suggestions.map((suggestion, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works from the text field
              // biome-ignore lint/a11y/useFocusableInteractive: options of a combobox are never focused
              <div
                key={suggestion.text}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={index === chosen}
                data-active={index === chosen}
                className={styles.completion}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => accept(suggestion)}
              >
                <code>{suggestion.text}</code>
                <span>{suggestion.detail}</span>
              </div>
            ))}
          </div>
        )}
      </div>
      {problem !== undefined && source.trim() !== '' ? (
        <div className={styles.error}>
          {problem.message} (at character {problem.position + 1})
        </div>
      ) : (
        isFocused && <Preview source={source} sample={sample()} />
      )}
    </div>
  )
}

const Coloured = memo(({ source, wrongAt }: { readonly source: string; readonly wrongAt: number | undefined }) => (
  <>
    {tokensOf(source).map((token) => (
      <span key={token.at} className={classOf(token, wrongAt)}>
        {token.text}
      </span>
    ))}
    {'\u200b'}
  </>
))
Coloured.displayName = 'Coloured'

function classOf(token: Token, wrongAt: number | undefined): string {
  const isWrong = wrongAt !== undefined && wrongAt > token.at && wrongAt <= token.at + token.text.length
  const colour = token.kind === 'plain' ? '' : (styles[token.kind] ?? '')
  return isWrong ? `${colour} ${styles.wrong}` : colour
}

function Preview({ source, sample }: { readonly source: string; readonly sample: Sample }) {
  const text = useMemo(() => {
    if (source.trim() === '') return undefined
    try {
      const result = compileExpression(source).evaluate(sample.input, sample.bindings, { millis: 0, random: () => 0.5 })
      return result === undefined ? 'nothing (no match)' : JSON.stringify(result)
    } catch (error) {
      if (error instanceof ExpressionError) return error.message
      throw error
    }
  }, [source, sample])
  if (text === undefined) return null
  return (
    <div className={styles.preview}>
      for sample data
      <code title={text}>{text}</code>
    </div>
  )
}

function faultOf(source: string): ExpressionError | undefined {
  try {
    compileExpression(source)
    return undefined
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
}

function suggest(names: readonly Named[], source: string, caret: number): Suggestion[] {
  const { word } = wordBefore(source, caret)
  if (word === '') return []
  const typed = word.toLowerCase()
  const known = names.map(({ text, detail }) => ({ text, detail, isFunction: false }))
  const functions = functionCatalogue.map(({ name, signature, summary }) => ({
    text: name.startsWith('$') ? name : `$${name}`,
    detail: `${signature} ${summary}`,
    isFunction: true,
  }))
  const bare = typed.replace(/^\$/, '')
  const all = [...known, ...functions]
  const starts = all.filter(({ text }) => text.toLowerCase().startsWith(typed))
  const holds =
    bare === ''
      ? []
      : all.filter(({ text }) => !text.toLowerCase().startsWith(typed) && text.toLowerCase().includes(bare))
  return [...starts, ...holds].filter(({ text }) => text !== word).slice(0, 12)
}
