import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { resolvePointer } from './json-pointer.ts'
import { limits } from './limits.ts'
import { parseDefinitionText } from './parse-text.ts'
import { problemCodes } from './problem-codes.ts'

const folder = new URL('../examples/', import.meta.url)
const namesIn = (at: URL) =>
  readdirSync(at)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
const read = (name: string) => readFileSync(new URL(`${name}.json`, folder), 'utf8')

const examples = namesIn(folder)
const context = {
  definitions: examples,
  activities: [
    'ValidateOrder',
    'ProcessPayment',
    'UpdateInventory',
    'SendConfirmation',
    'RefundPayment',
    'ReleaseInventory',
    'Echo',
    'Add',
    'Delay',
    'FlakyCall',
    'FailWith',
    'GetTemperature',
    'StartJob',
    'CheckJob',
    'Greet',
    'RandomQuote',
  ],
}

describe('examples', () => {
  it.each(examples)('%s has neither errors nor warnings', (name) => {
    const { definition, problems } = parseDefinitionText(read(name), context)
    expect(problems).toEqual([])
    expect(definition).toMatchObject({ name, title: expect.any(String), description: expect.any(String) })
  })

  it('give every step a title', () => {
    for (const name of examples) expect(untitled(JSON.parse(read(name)))).toEqual([])
  })

  it('use every step type', () => {
    const text = examples.map(read).join()
    const types = [...text.matchAll(/"type": "(\w+)"/g)].map(([, type]) => type)
    for (const type of [
      'activity',
      'subOrchestration',
      'timer',
      'waitForEvent',
      'choice',
      'parallel',
      'forEach',
      'scope',
    ])
      expect(types).toContain(type)
    for (const type of ['assign', 'setCustomStatus', 'raiseEvent', 'compensate', 'continueAsNew', 'end', 'fail'])
      expect(types).toContain(type)
  })
})

/** Where each broken example is to be found wanting. */
const places: { readonly [name: string]: string } = {
  'at-least-too-many': '/steps/fork/completion/atLeast',
  'compensate-without-compensations': '/steps/undo',
  'continue-as-new-in-branch': '/steps/fork/branches/left/steps/again',
  'duplicate-choice': '/steps/large/choices/1/when',
  'duplicate-key': '/steps/fork/branches/left',
  'edge-across-scope': '/steps/each/body/steps/work/next',
  'empty-scope': '/steps',
  'expression-syntax': '/steps/done/output',
  'expression-too-long': '/steps/done/output',
  'forbidden-name': '/steps/constructor',
  'invalid-duration': '/steps/rest/delay',
  'invalid-error-type': '/steps/work/catch/0/errors/0',
  'invalid-instant': '/steps/rest/until',
  'invalid-json-schema': '/input/type',
  'invalid-name': '/steps/done/variables/my-total',
  'invalid-value': '/steps/work/mode',
  'json-syntax': '',
  'missing-otherwise': '/steps/large',
  'missing-property': '/steps/work',
  'nested-too-deep': `${'/steps/in/body'.repeat(33)}`,
  'on-timeout-without-timeout': '/steps/wait/onTimeout',
  'partial-expression': '/steps/done/output',
  'raise-event-needs-one': '/steps/tell',
  'reserved-variable': '/variables/input',
  'retry-out-of-range': '/steps/work/retry/maxRetryInterval',
  'spinning-loop': '/steps/count',
  'timer-needs-one': '/steps/rest',
  'too-many-steps': '',
  'unknown-activity': '/steps/work/activity',
  'unknown-definition': '/steps/work/definition',
  'unknown-property': '/steps/work/tiemout',
  'unknown-step-reference': '/steps/done/output',
  'unknown-step-type': '/steps/work/type',
  'unknown-target': '/steps/work/next',
  'unknown-variable': '/steps/done/output',
  'unreachable-step': '/steps/forgotten',
  'wrong-type': '/steps/work/priority',
}

const brokenTexts = new Map(namesIn(new URL('broken/', folder)).map((name) => [name, read(`broken/${name}`)]))
// A megabyte is made here rather than kept in the repository.
brokenTexts.set('document-too-large', JSON.stringify({ dsl: '1', description: 'x'.repeat(limits.documentSize) }))

const codeOf = (name: string) => name.replaceAll(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase())

describe('broken examples', () => {
  it.each([...brokenTexts])('%s has this one problem', (name, text) => {
    const { definition, problems } = parseDefinitionText(text, context)
    const code = codeOf(name)
    const severity = problemCodes[code as keyof typeof problemCodes].severity
    expect(problems).toMatchObject([{ code, severity, path: places[name] ?? '' }])
    expect(definition === null).toBe(severity === 'error')
  })

  it.each(Object.keys(places))('%s has its problem at a place that is there', (name) => {
    const text = brokenTexts.get(name) ?? ''
    const [first] = parseDefinitionText(text, context).problems
    expect(first?.line).toBeGreaterThan(0)
    if (name !== 'json-syntax') expect(resolvePointer(JSON.parse(text), first?.path ?? '-')).toBeDefined()
  })

  it('exist for every code, and for nothing else', () => {
    expect([...brokenTexts.keys()].map(codeOf).sort()).toEqual(Object.keys(problemCodes).sort())
  })
})

function untitled(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
    if (key === 'steps' && typeof item === 'object' && item !== null)
      return Object.entries(item).flatMap(([id, step]: [string, { title?: unknown }]) => [
        ...(typeof step.title === 'string' ? [] : [`${path}/${id}`]),
        ...untitled(step, `${path}/${id}`),
      ])
    return key === 'input' || key === 'output' ? [] : untitled(item, `${path}/${key}`)
  })
}
