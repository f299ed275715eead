import { pointerSegments, resolvePointer } from './json-pointer.ts'
import { isStepType, stepKinds } from './step-kinds.ts'

// Which properties an object of a definition may have, for "did you mean". Compared with definition.schema.json by a test.

export const objectShapes: { readonly [title: string]: readonly string[] } = {
  Definition: [
    '$schema',
    'dsl',
    'name',
    'title',
    'description',
    'input',
    'output',
    'variables',
    'timeout',
    'start',
    'steps',
  ],
  RetryPolicy: [
    'maxNumberOfAttempts',
    'firstRetryInterval',
    'backoffCoefficient',
    'maxRetryInterval',
    'retryTimeout',
    'jitter',
    'retryOn',
    'abortOn',
  ],
  Catcher: ['errors', 'when', 'assign', 'next'],
  ChoiceRule: ['when', 'next', 'title'],
  Completion: ['atLeast'],
  ScopeBody: ['start', 'steps'],
  Compensation: ['activity', 'input'],
  Tolerance: ['count', 'percent'],
  FailError: ['type', 'message', 'details'],
}

const shapeOfField: { readonly [field: string]: string } = {
  retry: 'RetryPolicy',
  compensate: 'Compensation',
  tolerate: 'Tolerance',
  completion: 'Completion',
  body: 'ScopeBody',
  error: 'FailError',
}

const shapeOfMember: { readonly [field: string]: string } = {
  catch: 'Catcher',
  choices: 'ChoiceRule',
  branches: 'ScopeBody',
}

/** The properties that the object at the pointer may have; empty if that is not known. */
export function propertiesAt(document: unknown, pointer: string): readonly string[] {
  const segments = pointerSegments(pointer)
  const last = segments.at(-1)
  if (last === undefined) return objectShapes.Definition ?? []
  const parent = segments.at(-2)
  if (parent === 'steps') {
    const type = resolvePointer(document, `${pointer}/type`)
    return isStepType(type) ? stepKinds[type].fields : []
  }
  return objectShapes[(parent && shapeOfMember[parent]) || shapeOfField[last] || ''] ?? []
}
