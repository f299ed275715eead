// Tests of definitions without a server: each runs in the engine's own core on a virtual clock, with the answers that its
// author made up.

import { compileSchema } from '@durable-canvas/interpreter'
import { compileProgram, runTest, type TestResult } from '@durable-canvas/interpreter/core'
import type { Json, JsonSchema } from '@durable-canvas/schema'
import type { Command, Printer } from './command.ts'
import { readFiles } from './definition-file.ts'
import { readTestFile, type TestFile } from './test-file.ts'
import { differenceLine, outcomeLine } from './test-words.ts'

interface FileResult {
  readonly file: string
  /** Why no test of it could run. */
  readonly faults: readonly string[]
  readonly tests: readonly TestResult[]
}

export const test: Command = {
  name: 'test',
  usage: 'test FILE…',
  summary: 'Run the tests in files (or exported drawings), on a virtual clock and made-up answers; needs no server',
  args: [1, Number.POSITIVE_INFINITY],
  async run({ args, print }) {
    const results: FileResult[] = []
    for (const file of await readFiles(args, { folders: true })) {
      const read = await readTestFile(file)
      const result = { file: file.path, faults: read.faults, tests: runAll(read) }
      tell(result, print)
      results.push(result)
    }
    const tests = results.flatMap((result) => result.tests)
    const failed = tests.filter(({ passed }) => !passed).length
    const unread = results.filter(({ faults }) => faults.length > 0).length
    print.line(
      `${tests.length - failed} passed, ${failed} failed${unread > 0 ? `, ${unread} ${unread === 1 ? 'file' : 'files'} could not be run` : ''}`,
    )
    print.json(results)
    return failed + unread > 0 ? 1 : 0
  },
}

function runAll({ definition, tests }: TestFile): readonly TestResult[] {
  if (definition === null) return []
  const program = compileProgram(definition, { version: 1, compileSchema: checkOf })
  return tests.map((one) => runTest(program, one))
}

function checkOf(schema: JsonSchema): (value: Json) => string | null {
  const check = compileSchema(schema)
  return (value) =>
    check(value)
      .map(({ message }) => message)
      .join('; ') || null
}

function tell({ file, faults, tests }: FileResult, print: Printer): void {
  print.line(file)
  for (const fault of faults) print.error(`  ${fault}`)
  for (const result of tests) {
    print.line(`  ${outcomeLine(result)}`)
    for (const difference of result.differences) print.line(`      ${differenceLine(difference)}`)
    if (!result.passed && result.unmocked.length > 0)
      print.line(`      (without a mock, answered null: ${result.unmocked.join(', ')})`)
  }
}
