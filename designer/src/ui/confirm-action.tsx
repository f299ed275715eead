import { Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import type { ReactNode } from 'react'

export interface Confirmation {
  /** A question: "Terminate o-1?" */
  readonly title: string
  /** What will be so afterwards, and that it cannot be undone. */
  readonly text: ReactNode
  /** Says what happens: "Terminate 3 instances". */
  readonly action: string
  readonly onConfirm: () => void
}

/** Asks before what cannot be undone. */
export function confirmAction({ title, text, action, onConfirm }: Confirmation): void {
  modals.openConfirmModal({
    title,
    children: typeof text === 'string' ? <Text>{text}</Text> : text,
    labels: { confirm: action, cancel: 'Cancel' },
    confirmProps: { color: 'red.8', 'data-autofocus': true },
    closeButtonProps: { 'aria-label': 'Close' },
    onConfirm,
  })
}
