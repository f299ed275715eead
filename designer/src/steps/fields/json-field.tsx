// JSON as text: what is typed stays as it is while it does not parse, and the last value that did stays in the document.

import type { Json } from '@durable-canvas/schema'
import { Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { JsonPath } from '../../drawing/json.ts'
import { sealTyping } from '../../store/drawing-store.ts'
import { FieldFrame } from './field-frame.tsx'
import { useField } from './field-owner.tsx'

export interface JsonFieldProps {
  readonly path: JsonPath
  readonly label: string
  readonly description?: string
  readonly placeholder?: string
  readonly aside?: ReactNode
}

export function JsonField({ path, label, description, placeholder, aside }: JsonFieldProps) {
  const { value, set, pointer, error } = useField(path)
  const [typed, setTyped] = useState<string>()
  const [fault, setFault] = useState<string>()
  const shown = typed ?? (value === undefined ? '' : JSON.stringify(value, null, 2))
  const read = (text: string) => {
    setTyped(text)
    if (text.trim() === '') {
      setFault(undefined)
      set(undefined)
      return
    }
    try {
      const next: Json = JSON.parse(text)
      setFault(undefined)
      set(next)
    } catch (wrong) {
      setFault(wrong instanceof Error ? wrong.message : String(wrong))
    }
  }
  return (
    <FieldFrame label={label} pointer={pointer} description={description} error={fault ?? error} aside={aside}>
      {(ids) => (
        <Textarea
          aria-labelledby={ids.label}
          aria-describedby={ids.error}
          error={(fault ?? error) !== undefined}
          classNames={{ input: 'dc-mono' }}
          placeholder={placeholder}
          autosize
          minRows={2}
          maxRows={18}
          spellCheck={false}
          value={shown}
          onChange={({ currentTarget }) => read(currentTarget.value)}
          onBlur={() => {
            if (fault === undefined) setTyped(undefined)
            sealTyping()
          }}
        />
      )}
    </FieldFrame>
  )
}
