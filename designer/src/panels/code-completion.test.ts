import { CompletionContext } from '@codemirror/autocomplete'
import { json } from '@codemirror/lang-json'
import { EditorState } from '@codemirror/state'
import { expect, test } from 'vitest'
import { codeCompletion } from './code-completion.ts'

const catalogue = () => ({
  activities: [
    { name: 'Charge', title: 'Charge the card', output: { type: 'object', properties: { id: { type: 'string' } } } },
  ],
  definitions: [{ name: 'child', title: 'The child', version: 3 }],
  called: ({ name }: { readonly name: string }) =>
    name === 'child' ? { output: { properties: { total: { type: 'number' } } } } : undefined,
})

/** The labels that are offered at the bar. */
function offered(text: string, explicit = true): string[] {
  const at = text.indexOf('|')
  const state = EditorState.create({ doc: text.replace('|', ''), extensions: [json()] })
  return (codeCompletion(catalogue)(new CompletionContext(state, at, explicit))?.options ?? []).map(
    ({ label }) => label,
  )
}

const within = (step: string, more = '') => `{ "steps": { "a": ${step}${more} } }`

test('names are those that the schema has for the place, without those that stand there', () => {
  expect(offered('{ "name": "x", | }')).toContain('"steps"')
  expect(offered('{ "name": "x", | }')).not.toContain('"name"')
  expect(offered(within('{ "type": "timer", "|" }'))).toEqual(expect.arrayContaining(['"delay"', '"until"', '"next"']))
  expect(offered(within('{ "type": "timer", "|" }'))).not.toContain('"activity"')
  expect(offered(within('{ "|" }'))).toEqual(['"type"'])
  expect(offered(within('{ "type": "activity", "retry": { "ji|" } }'))).toContain('"jitter"')
  expect(offered(within('{ "type": "choice", "choices": [{ "|"'))).toEqual(
    expect.arrayContaining(['"when"', '"next"', '"title"']),
  )
  expect(offered(within('{ "type": "scope", "body": { "steps": { "b": { "type": "end", "o|" } } } }'))).toContain(
    '"output"',
  )
})

test('values are those that the schema names', () => {
  expect(offered(within('{ "type": "activity", "retry": { "jitter": "|" } }'))).toEqual(['"none"', '"full"'])
  expect(offered(within('{ "type": "activity", "retry": { "jitter": | } }'))).toEqual(['"none"', '"full"'])
  expect(offered(within('{ "type": "|" }'))).toContain('"waitForEvent"')
  expect(offered(within('{ "type": "parallel", "completion": "|" }'))).toEqual(['"all"', '"any"'])
})

test('what is complete can be exchanged, what is begun is narrowed down', () => {
  const jitter = (text: string) => within(`{ "type": "activity", "retry": { "jitter": ${text} } }`)
  expect(offered(jitter('"no|ne"'))).toEqual(['"none"', '"full"'])
  expect(offered(jitter('"fu|"'))).toEqual(['"full"'])
  expect(offered(jitter('"x|"'))).toEqual([])
})

test('targets are the steps of the same scope', () => {
  const two = ', "b": { "type": "scope", "body": { "start": "|", "steps": { "c": { "type": "end" } } } }'
  expect(offered(within('{ "type": "timer", "next": "|" }', ', "b": { "type": "end" }'))).toEqual(['"a"', '"b"'])
  expect(offered(within('{ "type": "timer" }', two))).toEqual(['"c"'])
  expect(offered(within('{ "type": "activity", "catch": [{ "errors": ["|"] }] }'))).toContain('"Timeout"')
})

test('activities and definitions come from the catalogue', () => {
  expect(offered(within('{ "type": "activity", "activity": "|" }'))).toEqual(['"Charge"'])
  expect(offered(within('{ "type": "subOrchestration", "definition": "|" }'))).toEqual(['"child"'])
})

test('inside of an expression the names in reach are offered', () => {
  const steps = (source: string) =>
    `{ "steps": { "a": { "type": "activity", "activity": "Charge", "next": "b" }, "b": { "type": "end", "output": "${source}" } } }`
  expect(offered(steps('{% $steps.a.| %}'))).toEqual(['$steps.a.output', '$steps.a.output.id'])
  expect(offered(steps('{% $subst| %}'))).toContain('$substring(text?, start, length?)')
  expect(offered(steps('{% | %}'), false)).toEqual([])
  const calls = '"type": "subOrchestration", "definition": "child", "output": "{% $result.| %}"'
  expect(offered(within(`{ ${calls} }`))).toEqual(['$result.total'])
})

test('nothing is offered where a text is the author’s own, and unasked only where something is being written', () => {
  expect(offered(within('{ "type": "end", "title": "|" }'))).toEqual([])
  expect(offered('{ | }', false)).toEqual([])
})
