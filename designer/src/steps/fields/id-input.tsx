import { TextInput } from '@mantine/core'
import { useState } from 'react'

export interface IdInputProps {
  readonly id: string
  readonly labelledBy: string
  readonly faultOf: (id: string) => string | undefined
  readonly onRename: (id: string) => void
}

/** The id changes when the field is left, everywhere at once. */
export function IdInput({ id, labelledBy, faultOf, onRename }: IdInputProps) {
  const [typed, setTyped] = useState<string>()
  const fault = typed === undefined || typed === id ? undefined : faultOf(typed)
  const finish = () => {
    if (typed !== undefined && typed !== id && fault === undefined) onRename(typed)
    setTyped(undefined)
  }
  return (
    <TextInput
      aria-labelledby={labelledBy}
      classNames={{ input: 'dc-mono' }}
      value={typed ?? id}
      error={fault}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish()
        if (event.key === 'Escape') {
          event.stopPropagation()
          setTyped(undefined)
        }
      }}
    />
  )
}
