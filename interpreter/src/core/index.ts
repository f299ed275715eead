// The pure core: what a definition and a history mean. No I/O, no clock, no chance; runs in the browser as it is.
export { completedSteps } from './completed-steps.ts'
export { decide } from './decide.ts'
export {
  type DefinitionTest,
  type Expectation,
  mostHappenings,
  type Played,
  play,
  raiser,
  runTest,
  startOf,
  type TestDifference,
  type TestEvent,
  type TestResult,
  usualStart,
} from './definition-test.ts'
export { evolve, terminatedFailure } from './evolve.ts'
export { type JsonDifference, jsonDifferences } from './json-difference.ts'
export type { Message, Operator, StartMessage } from './message.ts'
export { misfits } from './misfits.ts'
export {
  type Mock,
  type MockAnswer,
  type MockError,
  type MockOptions,
  type Mocks,
  mockFakes,
  mockFor,
  mockKey,
  usualDelayMs,
} from './mocks.ts'
export { framePathOf, localStep, splitKey, staticPath, stepPath } from './path.ts'
export {
  compileProgram,
  defaultLimits,
  type Limits,
  type Program,
  type ProgramOptions,
  semantics,
  type Validate,
} from './program.ts'
export { type Fault, type Read, readMocks, readTests } from './read-tests.ts'
export { type Deviation, fold, messageOf, type Replayed, replay, replayProgram, sameJson } from './replay.ts'
export { EndlessRunError, type FakeAnswer, type FakeCall, type Fakes, Simulation } from './simulation.ts'
export { snapshotOf, stateOf } from './snapshot.ts'
export { createState, isFinished, type State, type Task } from './state.ts'
export { openTasks, type Waiting, waitingFor } from './tasks.ts'
