// Every type of step, in the order of the palette. A new type is one line here.
import { IconHelpHexagon } from '@tabler/icons-react'
import type { JsonObject } from '../drawing/json.ts'
import type { StepType } from '../drawing/step-shapes.ts'
import { activity } from './activity/activity.ts'
import { assign } from './assign/assign.ts'
import { choice } from './choice/choice.ts'
import { compensate } from './compensate/compensate.ts'
import { continueAsNew } from './continue-as-new/continue-as-new.ts'
import { end } from './end/end.ts'
import { fail } from './fail/fail.ts'
import { forEach } from './for-each/for-each.ts'
import { parallel } from './parallel/parallel.ts'
import { raiseEvent } from './raise-event/raise-event.ts'
import { scope } from './scope/scope.ts'
import { setCustomStatus } from './set-custom-status/set-custom-status.ts'
import type { StepKind } from './step-kind.ts'
import { subOrchestration } from './sub-orchestration/sub-orchestration.ts'
import { timer } from './timer/timer.ts'
import { waitForEvent } from './wait-for-event/wait-for-event.ts'

export const stepKinds: readonly StepKind[] = [
  activity,
  subOrchestration,
  compensate,
  choice,
  parallel,
  forEach,
  scope,
  timer,
  waitForEvent,
  assign,
  setCustomStatus,
  raiseEvent,
  continueAsNew,
  end,
  fail,
]

const byType = new Map<string, StepKind>(stepKinds.map((kind) => [kind.type, kind]))

/** A type that this version does not know is shown and kept, and nothing is claimed of it. */
const unknown: Omit<StepKind, 'type'> = {
  family: 'data',
  title: 'Unknown step',
  summary: 'This version does not know the type',
  words: '',
  icon: IconHelpHexagon,
  create: () => ({}),
  secondLine: (step) => (typeof step.type === 'string' ? `unknown type ${step.type}` : 'no type'),
}

export function kindOf(step: JsonObject | undefined): Omit<StepKind, 'type'> {
  return byType.get(String(step?.type)) ?? unknown
}

export function kindByType(type: StepType): StepKind {
  const kind = byType.get(type)
  if (kind === undefined) throw new Error(`No step kind is registered for ${type}`)
  return kind
}

export function stepKindOf(type: string): StepKind | undefined {
  return byType.get(type)
}
