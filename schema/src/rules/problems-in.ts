import { checkDefinition } from '../parse.ts'
import type { ProblemCode } from '../problem-codes.ts'
import type { CheckContext } from './subject.ts'

/** For tests: the problems of one kind in a document with these steps, as `path: message`. The first step is the start. */
export function problemsIn(code: ProblemCode, steps: object, rest: object = {}, context: CheckContext = {}): string[] {
  const document = { dsl: '1', name: 'test', start: Object.keys(steps)[0] ?? '', steps, ...rest }
  return checkDefinition(document, context)
    .filter((problem) => problem.code === code)
    .map(({ path, message }) => `${path}: ${message}`)
}
