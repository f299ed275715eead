import type { Step } from './definition.generated.ts'

// The table of the step types. A new step type gets its line here; palettes, messages and rules read it.

export type StepType = Step['type']
export type StepOf<T extends StepType> = Extract<Step, { readonly type: T }>

/** work: does something; waiting: lets time pass; flow: decides where to go; data: changes what is known; ending: ends its scope. */
export type StepFamily = 'work' | 'waiting' | 'flow' | 'data' | 'ending'

export interface StepKind<T extends StepType = StepType> {
  readonly family: StepFamily
  readonly title: string
  readonly summary: string
  /** Every property that the step may have, in the order in which people read them. */
  readonly fields: readonly (keyof StepOf<T> & string)[]
}

const head = ['type', 'title', 'note', 'status'] as const

export const stepKinds = {
  activity: {
    family: 'work',
    title: 'Activity',
    summary: 'Calls a registered activity, with retries and timeouts.',
    fields: [
      ...head,
      'activity',
      'input',
      'output',
      'assign',
      'retry',
      'timeout',
      'scheduleToStartTimeout',
      'heartbeatTimeout',
      'queue',
      'priority',
      'compensate',
      'catch',
      'next',
    ],
  },
  subOrchestration: {
    family: 'work',
    title: 'Sub-orchestration',
    summary: 'Runs another definition as a child instance.',
    fields: [
      ...head,
      'definition',
      'version',
      'instanceId',
      'input',
      'output',
      'assign',
      'retry',
      'mode',
      'onParentEnd',
      'catch',
      'next',
    ],
  },
  timer: {
    family: 'waiting',
    title: 'Timer',
    summary: 'Waits for a time or until an instant, across restarts.',
    fields: [...head, 'delay', 'until', 'output', 'assign', 'catch', 'next'],
  },
  waitForEvent: {
    family: 'waiting',
    title: 'Wait for event',
    summary: 'Takes one external event by name; events that came early count.',
    fields: [...head, 'event', 'correlationKey', 'schema', 'timeout', 'onTimeout', 'output', 'assign', 'catch', 'next'],
  },
  choice: {
    family: 'flow',
    title: 'Choice',
    summary: 'Goes the way of the first condition that is true.',
    fields: [...head, 'choices', 'otherwise', 'catch'],
  },
  parallel: {
    family: 'flow',
    title: 'Parallel',
    summary: 'Runs branches side by side, until all, any or some are done.',
    fields: [...head, 'input', 'branches', 'completion', 'output', 'assign', 'catch', 'next'],
  },
  forEach: {
    family: 'flow',
    title: 'For each',
    summary: 'Runs its body for every item of a collection, side by side.',
    fields: [
      ...head,
      'items',
      'item',
      'input',
      'maxConcurrency',
      'tolerate',
      'completion',
      'body',
      'output',
      'assign',
      'catch',
      'next',
    ],
  },
  scope: {
    family: 'flow',
    title: 'Scope',
    summary: 'Groups steps under one error handling, timeout and retry.',
    fields: [...head, 'input', 'timeout', 'retry', 'body', 'output', 'assign', 'catch', 'next'],
  },
  assign: {
    family: 'data',
    title: 'Assign',
    summary: 'Sets variables.',
    fields: [...head, 'variables', 'catch', 'next'],
  },
  setCustomStatus: {
    family: 'data',
    title: 'Set custom status',
    summary: 'Sets what a query of the instance shows as its custom status.',
    fields: [...head, 'catch', 'next'],
  },
  raiseEvent: {
    family: 'work',
    title: 'Raise event',
    summary: 'Sends an event to another instance.',
    fields: [...head, 'event', 'instanceId', 'correlationKey', 'data', 'catch', 'next'],
  },
  compensate: {
    family: 'work',
    title: 'Compensate',
    summary: 'Undoes what has completed, last first.',
    fields: [...head, 'scope', 'output', 'assign', 'catch', 'next'],
  },
  continueAsNew: {
    family: 'ending',
    title: 'Continue as new',
    summary: 'Restarts the instance with a new input and an empty history.',
    fields: [...head, 'input'],
  },
  end: {
    family: 'ending',
    title: 'End',
    summary: 'Ends its scope well.',
    fields: [...head, 'output'],
  },
  fail: {
    family: 'ending',
    title: 'Fail',
    summary: 'Ends its scope with an error that a catch can see.',
    fields: [...head, 'error'],
  },
} as const satisfies { readonly [T in StepType]: StepKind<T> }

export const stepTypes = Object.keys(stepKinds) as readonly StepType[]

export const isStepType = (type: unknown): type is StepType =>
  typeof type === 'string' && Object.hasOwn(stepKinds, type)

/** Whether steps of this type have the property, e.g. `takesField('choice', 'next')` is false. */
export const takesField = (type: StepType, field: string): boolean =>
  (stepKinds[type].fields as readonly string[]).includes(field)
