import type { Json } from '@durable-canvas/schema'
import { Textarea } from '@mantine/core'

/** JSON, or what is wrong with it in words. Nothing at all is undefined. */
export function readJson(text: string): { readonly value: Json | undefined } | { readonly wrong: string } {
  if (text.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(text) as Json }
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) }
  }
}

export interface JsonAreaProps {
  readonly label: string
  readonly description?: string | undefined
  readonly placeholder?: string | undefined
  readonly text: string
  readonly onText: (text: string) => void
  /** What is wrong with the value beyond its syntax. */
  readonly error?: string | undefined
  readonly onSubmit?: () => void
  readonly onBlur?: () => void
  readonly minRows?: number
  readonly testId?: string
}

export function JsonArea({ text, onText, error, onSubmit, onBlur, minRows = 3, testId, ...shown }: JsonAreaProps) {
  const read = readJson(text)
  return (
    <Textarea
      {...shown}
      classNames={{ input: 'dc-mono' }}
      autosize
      minRows={minRows}
      maxRows={14}
      spellCheck={false}
      data-testid={testId}
      value={text}
      error={'wrong' in read ? read.wrong : error}
      onChange={({ currentTarget }) => onText(currentTarget.value)}
      onBlur={onBlur}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || onSubmit === undefined) return
        event.preventDefault()
        event.stopPropagation()
        onSubmit()
      }}
    />
  )
}
