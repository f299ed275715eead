// The field for an expression: one colour of its own, the delimiters out of sight, completion while typing, what is wrong
// where it is, and underneath what it gives for the chosen data.
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { sealTyping } from '../../store/drawing-store.ts'
import { Completions, SignatureHelp } from './expression-completions.tsx'
import { faultOf, type Span, spanAt } from './expression-fault.ts'
import { ExpressionPreview } from './expression-preview.tsx'
import { type Suggestion, suggestionsFor } from './expression-suggestions.ts'
import { callAround, cutAt, type Token, tokensOf, wordBefore } from './expression-tokens.ts'
import { useFieldOwner } from './field-owner.tsx'
import styles from './fields.module.css'
import { ProblemLine } from './problem-line.tsx'

export interface ExpressionInputProps {
  readonly source: string
  readonly onChange: (source: string) => void
  readonly labelledBy: string
  /** The field's place in its owner: its problems are shown here. */
  readonly pointer: string
  readonly placeholder?: string | undefined
}

export function ExpressionInput({ source, onChange, labelledBy, pointer, placeholder }: ExpressionInputProps) {
  const { names, sample, problems } = useFieldOwner()
  const frame = useRef<HTMLDivElement>(null)
  const area = useRef<HTMLTextAreaElement>(null)
  const caretAfter = useRef<number>(undefined)
  const [typed, setTyped] = useState(source)
  const [caret, setCaret] = useState<number>()
  const [isCompleting, setCompleting] = useState(false)
  const [active, setActive] = useState(0)
  const [isFocused, setFocused] = useState(false)
  const listId = useId()
  // The document keeps a source without space around it; what is being typed keeps its own.
  const text = typed.trim() === source ? typed : source
  const fault = useMemo(() => faultOf(text), [text])
  const own = useMemo(
    () =>
      problems
        .map(({ pointer: at, problem }) => ({ at, problem }))
        .filter(({ at, problem }) => at === pointer && problem.code !== 'ExpressionSyntax')
        .map(({ problem }) => problem),
    [problems, pointer],
  )
  const spans = useMemo(
    () =>
      fault
        ? [fault.span]
        : own.flatMap(({ position }) => (position === undefined ? [] : (spanAt(text, position) ?? []))),
    [fault, own, text],
  )
  // Nothing of it changes while this field is written in.
  const reach = useMemo(
    () => (isFocused ? { names: names(), sample: sample() } : undefined),
    [isFocused, names, sample],
  )
  const suggestions = useMemo(
    () => (isCompleting && reach && caret !== undefined ? suggestionsFor(reach.names, text, caret) : []),
    [isCompleting, reach, text, caret],
  )
  const chosen = Math.min(active, suggestions.length - 1)
  const call = isFocused && caret !== undefined && suggestions.length === 0 ? callAround(text, caret) : undefined

  useEffect(() => {
    if (caretAfter.current === undefined) return
    area.current?.setSelectionRange(caretAfter.current, caretAfter.current)
    caretAfter.current = undefined
  })

  useEffect(() => {
    // What it gives stands underneath, and would hang below what is seen at the end of a form.
    if (isFocused) frame.current?.scrollIntoView({ block: 'nearest' })
  }, [isFocused])

  const change = (next: string) => {
    setTyped(next)
    onChange(next)
  }
  const accept = (suggestion: Suggestion) => {
    const at = caret ?? text.length
    const { start } = wordBefore(text, at)
    const isCalled = text[at] === '('
    const put = suggestion.isFunction && !isCalled ? `${suggestion.text}()` : suggestion.text
    const end = start + put.length - (suggestion.isFunction && !isCalled ? 1 : 0)
    change(text.slice(0, start) + put + text.slice(at))
    caretAfter.current = end
    setCaret(end)
    setCompleting(false)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const suggestion = suggestions[chosen]
    if (event.key === ' ' && event.ctrlKey) {
      setCaret(area.current?.selectionStart)
      setCompleting(true)
    } else if (suggestion === undefined) return
    else if (event.key === 'ArrowDown') setActive((chosen + 1) % suggestions.length)
    else if (event.key === 'ArrowUp') setActive((chosen - 1 + suggestions.length) % suggestions.length)
    else if (event.key === 'Enter' || event.key === 'Tab') accept(suggestion)
    else if (event.key === 'Escape') setCompleting(false)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div ref={frame}>
      <div className={styles.expression} data-invalid={(fault !== undefined || own.length > 0) && !isFocused}>
        <pre aria-hidden>
          <Coloured source={text} spans={spans} />
        </pre>
        <textarea
          ref={area}
          value={text}
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
          aria-invalid={fault !== undefined}
          onChange={({ currentTarget }) => {
            change(currentTarget.value)
            setCaret(currentTarget.selectionStart)
            setCompleting(true)
            setActive(0)
          }}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false)
            setCompleting(false)
            sealTyping()
          }}
        />
        {suggestions.length > 0 && (
          <Completions id={listId} suggestions={suggestions} active={chosen} onAccept={accept} />
        )}
      </div>
      {call && <SignatureHelp {...call} />}
      {fault ? (
        <div className={styles.error} data-severity="error">
          {fault.message} (at character {fault.span.from + 1})
        </div>
      ) : (
        own.map((problem) => <ProblemLine key={problem.code + problem.message} problem={problem} />)
      )}
      {reach && fault === undefined && <ExpressionPreview source={text} sample={reach.sample} />}
    </div>
  )
}

function Coloured({ source, spans }: { readonly source: string; readonly spans: readonly Span[] }) {
  const tokens = useMemo(
    () =>
      cutAt(
        tokensOf(source),
        spans.flatMap(({ from, to }) => [from, to]),
      ),
    [source, spans],
  )
  return (
    <>
      {tokens.map((token) => (
        <span key={token.at} className={classOf(token, spans)}>
          {token.text}
        </span>
      ))}
      {'\u200b'}
    </>
  )
}

function classOf({ kind, at }: Token, spans: readonly Span[]): string {
  const colour = kind === 'plain' ? '' : (styles[kind] ?? '')
  return spans.some(({ from, to }) => at >= from && at < to) ? `${colour} ${styles.wrong}` : colour
}
