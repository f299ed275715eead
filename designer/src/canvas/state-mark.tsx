import {
  type Icon,
  IconBan,
  IconCheck,
  IconClockPlay,
  IconHourglassHigh,
  IconLoader2,
  IconPlayerSkipForward,
  IconRefresh,
  IconX,
} from '@tabler/icons-react'
import type { StepState } from '../drawing/step-state.ts'
import styles from './canvas.module.css'

const marks: { readonly [state in StepState['state']]: { readonly icon: Icon; readonly word: string } } = {
  scheduled: { icon: IconClockPlay, word: 'scheduled' },
  running: { icon: IconLoader2, word: 'running' },
  waiting: { icon: IconHourglassHigh, word: 'waiting' },
  retrying: { icon: IconRefresh, word: 'retrying' },
  completed: { icon: IconCheck, word: 'completed' },
  failed: { icon: IconX, word: 'failed' },
  cancelled: { icon: IconBan, word: 'cancelled' },
  skipped: { icon: IconPlayerSkipForward, word: 'skipped' },
}

/** The state in a sign, a word and what there is to add; the colour only says it once more. */
export function StateMark({ state }: { readonly state: StepState }) {
  const { icon: MarkIcon, word } = marks[state.state]
  const visits = state.visits > 1 ? ` ×${state.visits}` : ''
  return (
    <span className={styles.state} data-state={state.state}>
      <MarkIcon size={12} stroke={2.2} aria-hidden />
      <span>
        {state.label ? `${word} ${state.label}` : word}
        {visits}
      </span>
    </span>
  )
}
