import type { Icon } from '@tabler/icons-react'
import { memo } from 'react'
import type { JsonObject } from '../drawing/json.ts'
import { iconNamed } from '../steps/activity-icons.ts'
import { kindOf } from '../steps/registry.ts'

export interface StepIconProps {
  readonly step: JsonObject | undefined
  /** The icon that the activity names in the catalogue. */
  readonly name?: string | undefined
  readonly size: number
}

export const StepIcon = memo(function StepIcon({ step, name, size }: StepIconProps) {
  const Shown: Icon = iconNamed(name) ?? kindOf(step).icon
  return <Shown size={size} stroke={1.7} aria-hidden />
})
