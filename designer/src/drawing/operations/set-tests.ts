import type { DefinitionTest, Expectation } from '@durable-canvas/interpreter/core'
import type { Drawing } from '../drawing.ts'
import { type Edit, edit, withLayout } from '../edit.ts'

/** Tests are saved with the drawing; one of the same name is written over. */
export function saveTest(drawing: Drawing, test: DefinitionTest): Edit {
  const tests = drawing.layout.tests ?? []
  const at = tests.findIndex(({ name }) => name === test.name)
  const saved = at < 0 ? [...tests, test] : tests.map((old, index) => (index === at ? test : old))
  return edit(drawing, withLayout(drawing, { tests: saved }), `Save the test "${test.name}"`)
}

export function removeTest(drawing: Drawing, index: number): Edit {
  const { tests = [], ...layout } = drawing.layout
  const label = `Delete the test "${tests[index]?.name ?? ''}"`
  const rest = tests.filter((_, at) => at !== index)
  return edit(drawing, rest.length > 0 ? withLayout(drawing, { tests: rest }) : { ...drawing, layout }, label)
}

export function renameTest(drawing: Drawing, index: number, name: string): Edit {
  const tests = drawing.layout.tests ?? []
  const renamed = tests.map((test, at) => (at === index ? { ...test, name } : test))
  return edit(drawing, withLayout(drawing, { tests: renamed }), `Rename a test to "${name}"`)
}

/** Everything else of the test stays as it is. */
export function setExpectation(drawing: Drawing, index: number, expect: Expectation): Edit {
  const tests = drawing.layout.tests ?? []
  const changed = tests.map((test, at) => (at === index ? { ...test, expect } : test))
  return edit(drawing, withLayout(drawing, { tests: changed }), `Edit the test "${tests[index]?.name ?? ''}"`)
}
