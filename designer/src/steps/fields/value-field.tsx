// A field that takes a literal or an expression. A click switches between them and keeps the text.

import { isExpression, type Json } from '@durable-canvas/schema'
import { Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { isArray, isObject, type JsonPath } from '../../drawing/json.ts'
import { sealTyping } from '../../store/drawing-store.ts'
import { ExpressionInput } from './expression-input.tsx'
import { FieldFrame } from './field-frame.tsx'
import { useField } from './field-owner.tsx'
import styles from './fields.module.css'
import { literalFault } from './literal-fault.ts'
import { literalOf, switched, toExpression, typedOf } from './value-text.ts'

export interface ValueFieldProps {
  readonly path: JsonPath
  readonly label: string
  readonly description?: string | undefined
  readonly placeholder?: string
  readonly isRequired?: boolean
  /** What numbers, objects and words turn into: `text` keeps every literal a string. */
  readonly literals?: 'any' | 'text'
  /** What a literal has to be; by it, it is chosen instead of typed where there are few. */
  readonly schema?: Json | undefined
}

export function ValueField({
  path,
  label,
  description,
  placeholder,
  isRequired = false,
  literals = 'any',
  schema,
}: ValueFieldProps) {
  const field = useField(path)
  const isFormula = isExpression(field.value)
  const choices = choicesOf(schema)
  const hint = isFormula ? undefined : literalFault(schema, field.value)
  const isChosen = choices.length > 0 && (field.value === undefined || hint === undefined)
  return (
    <FieldFrame
      label={label}
      pointer={field.pointer}
      description={description}
      error={isFormula ? undefined : field.error}
      hint={hint ?? (isRequired && schema !== undefined && field.value === undefined ? 'It is required.' : undefined)}
      isRequired={isRequired}
      aside={
        <ExpressionToggle isExpression={isFormula} onToggle={() => field.set(switched(field.value))} label={label} />
      }
    >
      {(ids) =>
        isFormula ? (
          <ExpressionInput
            source={typedOf(field.value).text}
            labelledBy={ids.label}
            pointer={field.pointer}
            onChange={(source) => field.set(toExpression(source))}
          />
        ) : isChosen ? (
          <Select
            aria-labelledby={ids.label}
            placeholder={placeholder}
            clearable={!isRequired}
            data={choices
              .map((choice) => JSON.stringify(choice))
              .map((text) => ({ value: text, label: labelOf(text) }))}
            value={field.value === undefined ? null : JSON.stringify(field.value)}
            onChange={(next) => field.set(next === null ? undefined : (JSON.parse(next) as Json))}
          />
        ) : (
          <LiteralInput
            value={field.value}
            onChange={(value) => field.set(value === undefined && isRequired ? '' : value)}
            labelledBy={ids.label}
            placeholder={placeholder}
            literals={literals}
            hasError={field.error !== undefined}
          />
        )
      }
    </FieldFrame>
  )
}

function choicesOf(schema: Json | undefined): readonly Json[] {
  if (!isObject(schema)) return []
  return isArray(schema.enum) ? schema.enum : schema.type === 'boolean' ? [true, false] : []
}

/** A text without its quotes. */
const labelOf = (json: string): string => String(JSON.parse(json))

export interface ExpressionToggleProps {
  readonly isExpression: boolean
  readonly onToggle: () => void
  readonly label: string
}

export function ExpressionToggle({ isExpression: isOn, onToggle, label }: ExpressionToggleProps) {
  return (
    <button
      type="button"
      className={styles.toggle}
      aria-pressed={isOn}
      aria-label={`${label}: expression`}
      title={isOn ? 'An expression. Click for a literal value.' : 'A literal value. Click for an expression.'}
      onClick={onToggle}
    >
      {isOn ? 'ƒ expression' : 'ƒ'}
    </button>
  )
}

interface LiteralInputProps {
  readonly value: Json | undefined
  readonly onChange: (value: Json | undefined) => void
  readonly labelledBy: string
  readonly placeholder: string | undefined
  readonly literals: 'any' | 'text'
  readonly hasError: boolean
}

/** Half-typed JSON stays as it was typed, although the value of it is another one already. */
function LiteralInput({ value, onChange, labelledBy, placeholder, literals, hasError }: LiteralInputProps) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly value: Json | undefined }>()
  const typed = typedOf(value)
  const text = draft !== undefined && isSame(draft.value, value) ? draft.text : typed.text
  const read = literals === 'any' ? literalOf : (typing: string) => (typing === '' ? undefined : typing)
  return (
    <Textarea
      aria-labelledby={labelledBy}
      autosize
      minRows={1}
      maxRows={14}
      placeholder={placeholder}
      error={hasError}
      value={text}
      classNames={typed.kind === 'json' ? { input: 'dc-mono' } : {}}
      onBlur={() => {
        setDraft(undefined)
        sealTyping()
      }}
      onChange={({ currentTarget }) => {
        const next = read(currentTarget.value)
        setDraft({ text: currentTarget.value, value: next })
        onChange(next)
      }}
    />
  )
}

const isSame = (a: Json | undefined, b: Json | undefined) => a === b || JSON.stringify(a) === JSON.stringify(b)

/** A field that is always an expression: a condition. A literal true or false may stand there too. */
export function ConditionField({ path, label, description }: Pick<ValueFieldProps, 'path' | 'label' | 'description'>) {
  const field = useField(path)
  const source = typeof field.value === 'boolean' ? String(field.value) : typedOf(field.value).text
  return (
    <FieldFrame label={label} pointer={field.pointer} description={description} error={undefined}>
      {(ids) => (
        <ExpressionInput
          source={source}
          labelledBy={ids.label}
          pointer={field.pointer}
          placeholder="$input.total > 100"
          onChange={(typed) => field.set(toExpression(typed))}
        />
      )}
    </FieldFrame>
  )
}
