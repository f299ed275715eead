import { compileProgram, type DefinitionTest, runTest, type TestResult } from '@durable-canvas/interpreter/core'
import { parseDefinition } from '@durable-canvas/schema'
import { mocksOf } from '../drawing/mocks.ts'
import { useDrawing } from '../store/drawing-store.ts'
import { compileSchema } from './use-try-actions.ts'

/** As the command line runs it: what the test does not mock takes the drawing's own mocks. */
export function runDraftTest(test: DefinitionTest): TestResult | { readonly fault: string } {
  const { definition: draft, layout } = useDrawing.getState().drawing
  const { definition, problems } = parseDefinition(draft)
  if (definition === null) {
    const first = problems.find(({ severity }) => severity === 'error')
    return { fault: `The draft cannot run: ${first?.message ?? 'it has errors'}` }
  }
  try {
    const program = compileProgram(definition, { version: 1, compileSchema })
    return runTest(program, { ...test, mocks: { ...mocksOf(layout), ...test.mocks } })
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}
