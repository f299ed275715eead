// The table of step types. A new type is one file here and one line below.
import type { Step } from '@durable-canvas/schema'
import type { StepProgram } from '../program.ts'
import { activity } from './activity.ts'
import { assign } from './assign.ts'
import { choice } from './choice.ts'
import { compensate } from './compensate.ts'
import { continueAsNew } from './continue-as-new.ts'
import { end } from './end.ts'
import { fail } from './fail.ts'
import { forEach } from './for-each.ts'
import { parallel } from './parallel.ts'
import { raiseEvent } from './raise-event.ts'
import { scope } from './scope.ts'
import { setCustomStatus } from './set-custom-status.ts'
import type { ContainerKind, StepKind } from './step-kind.ts'
import { subOrchestration } from './sub-orchestration.ts'
import { timer } from './timer.ts'
import { waitForEvent } from './wait-for-event.ts'

const containers = { forEach, parallel, scope } satisfies { readonly [type: string]: ContainerKind }

const kinds: { readonly [Type in Step['type']]: StepKind } = {
  activity,
  assign,
  choice,
  compensate,
  continueAsNew,
  end,
  fail,
  forEach,
  parallel,
  raiseEvent,
  scope,
  setCustomStatus,
  subOrchestration,
  timer,
  waitForEvent,
}

/** Of the step around a branch, an item or a body: no other type has any. */
export const containerKindOf = (step: StepProgram): ContainerKind => containers[step.type as keyof typeof containers]

export const stepKindOf = (step: StepProgram): StepKind => kinds[step.type]
