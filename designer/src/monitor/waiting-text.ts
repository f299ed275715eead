import type { WaitingFor } from '../api/api-types.ts'
import { clockText } from '../ui/duration-text.ts'

/** "event approved", "ProcessPayment (attempt 2)", "pause until 12:03", at most so many and how many more. */
export function waitingText(tasks: readonly WaitingFor[], most: number): string {
  const shown = tasks.slice(0, most).map(taskText).join(', ')
  return tasks.length > most ? `${shown} and ${tasks.length - most} more` : shown
}

function taskText(task: WaitingFor): string {
  const attempt = task.attempt !== undefined && task.attempt > 1 ? `, attempt ${task.attempt}` : ''
  switch (task.kind) {
    case 'activity':
      return `${task.name ?? 'activity'}${task.running === false ? ', queued' : ''}${attempt}`
    case 'event':
      return `event ${task.name ?? ''}`
    case 'timer':
      return `${task.step || 'start'}${task.dueAt ? ` until ${clockText(Date.parse(task.dueAt), Date.now())}` : ''}${attempt}`
    case 'subOrchestration':
      return `child ${task.name ?? ''}`
  }
}
