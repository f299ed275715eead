import {
  type Icon,
  IconAlertCircle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconClock,
  IconHourglass,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
} from '@tabler/icons-react'
import type { InstanceStatus } from '../api/api-types.ts'
import type { StepStateName } from '../monitor/step-state.ts'

export interface Look {
  readonly word: string
  readonly icon: Icon
  /** A token family of the theme: `--dc-state-…`. */
  readonly tone: StepStateName
}

export const statusLooks: Readonly<Record<InstanceStatus, Look>> = {
  Pending: { word: 'Pending', icon: IconClock, tone: 'scheduled' },
  Running: { word: 'Running', icon: IconPlayerPlay, tone: 'running' },
  Suspended: { word: 'Suspended', icon: IconPlayerPause, tone: 'waiting' },
  Completed: { word: 'Completed', icon: IconCircleCheck, tone: 'completed' },
  Failed: { word: 'Failed', icon: IconAlertCircle, tone: 'failed' },
  Terminated: { word: 'Terminated', icon: IconBan, tone: 'cancelled' },
}

export const stepLooks: Readonly<Record<StepStateName, Look>> = {
  scheduled: { word: 'Scheduled', icon: IconClock, tone: 'scheduled' },
  running: { word: 'Running', icon: IconPlayerPlay, tone: 'running' },
  waiting: { word: 'Waiting', icon: IconHourglass, tone: 'waiting' },
  retrying: { word: 'Retrying', icon: IconRefresh, tone: 'retrying' },
  completed: { word: 'Completed', icon: IconCircleCheck, tone: 'completed' },
  failed: { word: 'Failed', icon: IconAlertCircle, tone: 'failed' },
  cancelled: { word: 'Cancelled', icon: IconCircleMinus, tone: 'cancelled' },
  skipped: { word: 'Skipped', icon: IconCircleDashed, tone: 'skipped' },
}
