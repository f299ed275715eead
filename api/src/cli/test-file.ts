// A file with tests: `{ definition, tests }` where the definition is a document or the path of one, or an exported drawing,
// whose mocks and tests stand in its layout.
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type DefinitionTest, type Fault, type Mocks, readMocks, readTests } from '@durable-canvas/interpreter/core'
import { type Definition, type Json, type Parsed, parseDefinition } from '@durable-canvas/schema'
import type { DefinitionFile } from './definition-file.ts'

export interface TestFile {
  /** Null where something is wrong with the file. */
  readonly definition: Definition | null
  readonly tests: readonly DefinitionTest[]
  readonly faults: readonly string[]
}

type JsonObject = { readonly [key: string]: Json }

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const refused = (...faults: readonly string[]): TestFile => ({ definition: null, tests: [], faults })

export async function readTestFile({ path, text }: DefinitionFile): Promise<TestFile> {
  const document = parsed(text)
  if ('wrong' in document) return refused(`It is not JSON: ${document.wrong}`)
  if (!isObject(document.value) || document.value.definition === undefined)
    return refused('It holds no tests: there is no "definition" beside "tests" or "layout".')
  const found = await definitionOf(document.value.definition, path)
  if ('wrong' in found) return refused(found.wrong)
  const { definition, problems } = found.parsed
  if (definition === null)
    return refused(
      ...problems.filter(({ severity }) => severity === 'error').map((one) => `definition${one.path}: ${one.message}`),
    )
  return withTests(document.value, definition)
}

function withTests(document: JsonObject, definition: Definition): TestFile {
  const layout = isObject(document.layout) ? document.layout : {}
  const at = document.tests === undefined ? 'layout/tests' : 'tests'
  const tests = readTests(document.tests ?? layout.tests ?? [])
  const mocks = readMocks(document.mocks ?? layout.mocks ?? {})
  const faults = [
    ...('faults' in tests ? inWords(at, tests.faults) : []),
    ...('faults' in mocks ? inWords('mocks', mocks.faults) : []),
  ]
  if ('faults' in tests || 'faults' in mocks) return refused(...faults)
  if (tests.value.length === 0) return refused('It holds no tests.')
  return { definition, tests: tests.value.map((test) => withMocks(test, mocks.value)), faults: [] }
}

/** What a test does not mock takes the file's own mocks. */
const withMocks = (test: DefinitionTest, mocks: Mocks): DefinitionTest => ({
  ...test,
  mocks: { ...mocks, ...test.mocks },
})

const inWords = (at: string, faults: readonly Fault[]): readonly string[] =>
  faults.map(({ path, message }) => `${at}${path}: ${message}`)

async function definitionOf(
  value: Json,
  path: string,
): Promise<{ readonly parsed: Parsed } | { readonly wrong: string }> {
  if (typeof value !== 'string') return { parsed: parseDefinition(value) }
  const other = resolve(dirname(path), value)
  try {
    const document = parsed(await readFile(other, 'utf8'))
    return 'wrong' in document
      ? { wrong: `${other} is not JSON: ${document.wrong}` }
      : { parsed: parseDefinition(ofDrawing(document.value)) }
  } catch (error) {
    return {
      wrong: `The definition ${other} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}

/** The file that is named may be an exported drawing. */
const ofDrawing = (value: Json): Json => (isObject(value) && isObject(value.definition) ? value.definition : value)

function parsed(text: string): { readonly value: Json } | { readonly wrong: string } {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) as Json }
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) }
  }
}
