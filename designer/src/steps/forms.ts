// The property form of each step type; apart from the kinds, so that a graph to look at does not bring them along.
import type { ComponentType } from 'react'
import { isStepType, type StepType } from '../drawing/step-shapes.ts'
import { ActivityForm } from './activity/activity-form.tsx'
import { AssignForm } from './assign/assign-form.tsx'
import { ChoiceForm } from './choice/choice-form.tsx'
import { CompensateForm } from './compensate/compensate-form.tsx'
import { ContinueAsNewForm } from './continue-as-new/continue-as-new-form.tsx'
import { EndForm } from './end/end-form.tsx'
import { FailForm } from './fail/fail-form.tsx'
import { ForEachForm } from './for-each/for-each-form.tsx'
import { ParallelForm } from './parallel/parallel-form.tsx'
import { RaiseEventForm } from './raise-event/raise-event-form.tsx'
import { ScopeForm } from './scope/scope-form.tsx'
import { SetCustomStatusForm } from './set-custom-status/set-custom-status-form.tsx'
import { SubOrchestrationForm } from './sub-orchestration/sub-orchestration-form.tsx'
import { TimerForm } from './timer/timer-form.tsx'
import { UnknownForm } from './unknown-form.tsx'
import { WaitForEventForm } from './wait-for-event/wait-for-event-form.tsx'

const forms: { readonly [type in StepType]: ComponentType } = {
  activity: ActivityForm,
  subOrchestration: SubOrchestrationForm,
  timer: TimerForm,
  waitForEvent: WaitForEventForm,
  choice: ChoiceForm,
  parallel: ParallelForm,
  forEach: ForEachForm,
  scope: ScopeForm,
  assign: AssignForm,
  setCustomStatus: SetCustomStatusForm,
  raiseEvent: RaiseEventForm,
  compensate: CompensateForm,
  continueAsNew: ContinueAsNewForm,
  end: EndForm,
  fail: FailForm,
}

export function formOf(type: unknown): ComponentType {
  return isStepType(type) ? forms[type] : UnknownForm
}
