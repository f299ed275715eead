import { notifications } from '@mantine/notifications'
import { messageOf } from '../api/api-problem.ts'

const closable = { withCloseButton: true, closeButtonProps: { 'aria-label': 'Close the message' } }

export const notifyDone = (message: string): void => void notifications.show({ message, color: 'green', ...closable })

/** "o-1 was not terminated" + why. */
export const notifyFailed = (title: string, error: unknown): void =>
  void notifications.show({ title, message: messageOf(error), color: 'red', autoClose: 10_000, ...closable })
