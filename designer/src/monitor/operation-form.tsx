// Who does something to an instance, and why: asked in one place, so that every operation stands in the history the same way.
import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useOperator } from './use-operator.ts'

export interface Because {
  readonly reason?: string
  readonly by?: string
}

export interface OperationFormProps {
  /** Says what happens: "Suspend o-1". */
  readonly action: string
  /** What will be so afterwards. */
  readonly note: string
  /** A reason that somebody might have. */
  readonly example: string
  readonly isGrave?: boolean
  readonly isBusy?: boolean
  readonly onSubmit: (because: Because) => void
  /** Fields that stand before those two; then one of them takes the focus. */
  readonly children?: ReactNode
}

export function OperationForm({
  action,
  note,
  example,
  isGrave = false,
  isBusy = false,
  onSubmit,
  children,
}: OperationFormProps) {
  const [reason, setReason] = useState('')
  const [operator, setOperator] = useOperator()
  const [by, setBy] = useState(operator)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        setOperator(by.trim())
        onSubmit({ ...(reason.trim() && { reason: reason.trim() }), ...(by.trim() && { by: by.trim() }) })
      }}
    >
      {children}
      <TextInput
        label="Why"
        description={note}
        placeholder={example}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        {...(children === undefined && { 'data-autofocus': true })}
      />
      <OperatorField value={by} onChange={setBy} />
      <Button type="submit" fullWidth mt="md" loading={isBusy} {...(isGrave && { color: 'red.8' })}>
        {action}
      </Button>
    </form>
  )
}

export const OperatorField = ({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
}) => (
  <TextInput
    mt="sm"
    label="Who"
    placeholder="Your name, as the history tells it"
    maxLength={200}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
)
