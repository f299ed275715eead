import { notifications } from '@mantine/notifications'
import { messageOf } from '../api/api-problem.ts'

export const notifyDone = (message: string): void =>
  void notifications.show({ message, color: 'green', withCloseButton: true })

/** "o-1 was not terminated" + why. */
export const notifyFailed = (title: string, error: unknown): void =>
  void notifications.show({ title, message: messageOf(error), color: 'red', withCloseButton: true, autoClose: 10_000 })
