// What the drawing has to know of each step type: which ports lead out of it and which scopes it holds.
// The registry of this room: a new step type is one line here.
export type StepType =
  | 'activity'
  | 'subOrchestration'
  | 'timer'
  | 'waitForEvent'
  | 'choice'
  | 'parallel'
  | 'forEach'
  | 'scope'
  | 'assign'
  | 'setCustomStatus'
  | 'raiseEvent'
  | 'compensate'
  | 'continueAsNew'
  | 'end'
  | 'fail'

export interface StepShape {
  readonly next: boolean
  readonly catch: boolean
  readonly choices?: boolean
  readonly onTimeout?: boolean
  readonly scopes?: 'branches' | 'body'
  /** The fields that it shares with other types, beside title, note and status. */
  readonly data: readonly ('input' | 'output' | 'assign')[]
}

const all = ['input', 'output', 'assign'] as const

export const stepShapes: { readonly [type in StepType]: StepShape } = {
  activity: { next: true, catch: true, data: all },
  subOrchestration: { next: true, catch: true, data: all },
  timer: { next: true, catch: true, data: ['output', 'assign'] },
  waitForEvent: { next: true, catch: true, onTimeout: true, data: ['output', 'assign'] },
  choice: { next: false, catch: true, choices: true, data: [] },
  parallel: { next: true, catch: true, scopes: 'branches', data: all },
  forEach: { next: true, catch: true, scopes: 'body', data: all },
  scope: { next: true, catch: true, scopes: 'body', data: all },
  assign: { next: true, catch: true, data: [] },
  setCustomStatus: { next: true, catch: true, data: [] },
  raiseEvent: { next: true, catch: true, data: [] },
  compensate: { next: true, catch: true, data: ['output', 'assign'] },
  continueAsNew: { next: false, catch: false, data: ['input'] },
  end: { next: false, catch: false, data: ['output'] },
  fail: { next: false, catch: false, data: [] },
}

export function isStepType(type: unknown): type is StepType {
  return typeof type === 'string' && Object.hasOwn(stepShapes, type)
}

/** Undefined for a type that this version does not know: then the fields that are there decide. */
export function shapeOf(type: unknown): StepShape | undefined {
  return isStepType(type) ? stepShapes[type] : undefined
}
