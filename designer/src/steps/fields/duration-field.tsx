import { isExpression, parseDuration } from '@durable-canvas/schema'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { JsonPath } from '../../drawing/json.ts'
import { sealTyping } from '../../store/drawing-store.ts'
import { longDurationText } from '../../ui/duration-text.ts'
import { readDuration, showDuration } from './duration-text.ts'
import { ExpressionInput } from './expression-input.tsx'
import { FieldFrame } from './field-frame.tsx'
import { useField } from './field-owner.tsx'
import { ExpressionToggle } from './value-field.tsx'
import { switched, toExpression, typedOf } from './value-text.ts'

/** `90 min` → "1 hour 30 minutes (PT1H30M)" */
function understood(typed: string | undefined): string | undefined {
  const iso = typed === undefined || typed.trim() === '' ? undefined : readDuration(typed)
  const ms = iso === undefined ? undefined : parseDuration(iso)
  return ms === undefined ? undefined : `${longDurationText(ms)} (${iso})`
}

function readingWords(typed: string): string | undefined {
  if (typed.trim() === '') return undefined
  const iso = readDuration(typed)
  const ms = parseDuration(iso)
  return ms === undefined ? 'Not a duration yet: 5 s, 2 h 30 m, 3 days or PT1H30M' : undefined
}

export interface DurationFieldProps {
  readonly path: JsonPath
  readonly label: string
  readonly description?: string
  readonly placeholder?: string
}

export function DurationField({ path, label, description, placeholder = '5 s, 2 h, PT1H30M' }: DurationFieldProps) {
  const field = useField(path)
  const [typed, setTyped] = useState<string>()
  const value = typeof field.value === 'string' ? field.value : ''
  const isFormula = isExpression(field.value)
  return (
    <FieldFrame
      label={label}
      pointer={field.pointer}
      description={understood(typed) ?? description}
      error={isFormula || typed !== undefined ? undefined : field.error}
      hint={isFormula || typed === undefined ? undefined : readingWords(typed)}
      aside={
        <ExpressionToggle isExpression={isFormula} onToggle={() => field.set(switched(field.value))} label={label} />
      }
    >
      {(ids) =>
        isFormula ? (
          <ExpressionInput
            source={typedOf(value).text}
            labelledBy={ids.label}
            pointer={field.pointer}
            onChange={(source) => field.set(toExpression(source))}
          />
        ) : (
          <TextInput
            aria-labelledby={ids.label}
            aria-describedby={ids.error}
            placeholder={placeholder}
            error={typed === undefined && field.error !== undefined}
            value={typed ?? showDuration(value)}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value)
              field.set(currentTarget.value.trim() === '' ? undefined : readDuration(currentTarget.value))
            }}
            onBlur={() => {
              setTyped(undefined)
              sealTyping()
            }}
          />
        )
      }
    </FieldFrame>
  )
}
