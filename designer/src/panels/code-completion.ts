// Keys and values that may stand at the cursor: by the language's own schema, the steps of the scope, the catalogue; inside
// of an expression the names that are in reach.
import { type Completion, type CompletionContext, type CompletionResult, snippet } from '@codemirror/autocomplete'
import type { EditorState } from '@codemirror/state'
import type { Json } from '@durable-canvas/schema'
import type { SyntaxNode } from '@lezer/common'
import { getAt, isObject, type JsonObject, textAt } from '../drawing/json.ts'
import { knownOutputs } from '../drawing/known-outputs.ts'
import { namesInReach } from '../drawing/names-in-reach.ts'
import { stepOfPointer } from '../drawing/static-path.ts'
import { builtInErrors } from '../steps/fields/error-types-field.tsx'
import { suggestionsFor } from '../steps/fields/expression-suggestions.ts'
import { titleOf } from '../steps/words.ts'
import type { CatalogueSource } from './code-catalogue.ts'
import { looseDocument } from './code-document.ts'
import { pointerAt } from './code-pointer.ts'
import { type FieldSchema, fieldAt, fieldsAt } from './code-schema.ts'
import { treeOf } from './code-tree.ts'

export const codeCompletion =
  (catalogue: CatalogueSource) =>
  (context: CompletionContext): CompletionResult | null => {
    const { state, pos } = context
    const node = treeOf(state).resolveInner(pos, -1)
    const place = placeOf(node)
    if (place === 'elsewhere' && !context.explicit) return null
    const document = looseDocument(state)
    const path = pointerAt(state, pos)
    if (place === 'name' || (place === 'elsewhere' && node.name === 'Object')) {
      const range = place === 'name' ? { from: node.from, to: node.to } : { from: pos, to: pos }
      const holder = node.name === 'PropertyName' ? path.slice(0, -1) : path
      return fitting({ ...range, options: nameOptions(state, holder, document, range.to) }, context)
    }
    const inside = place === 'text' ? expressionAt(state, node, pos) : undefined
    if (inside) return expressionOptions(inside, path, document, catalogue, context.explicit)
    const range = place === 'text' ? { from: node.from, to: node.to } : { from: pos, to: pos }
    return fitting({ ...range, options: valueOptions(path, document, catalogue) }, context)
  }

/**
 * Those that hold what stands before the cursor. The text behind it is replaced too and says nothing; one that is complete
 * already is to be exchanged for another.
 */
function fitting(
  { from, to, options }: { from: number; to: number; options: readonly Completion[] },
  { state, pos, explicit }: CompletionContext,
): CompletionResult | null {
  const isComplete = explicit && options.some(({ label }) => label === state.sliceDoc(from, to))
  const typed = isComplete ? '' : state.sliceDoc(from, pos).replaceAll('"', '').toLowerCase()
  const found = options.filter(({ label }) => label.toLowerCase().includes(typed))
  const begins = (label: string) => Number(label.toLowerCase().startsWith(`"${typed}`))
  const ranked = found.toSorted((a, b) => begins(b.label) - begins(a.label) || (b.boost ?? 0) - (a.boost ?? 0) || 0)
  return ranked.length === 0 ? null : { from, to, options: ranked, filter: false }
}

type PlaceKind = 'name' | 'text' | 'elsewhere'

function placeOf(node: SyntaxNode): PlaceKind {
  if (node.name === 'PropertyName') return 'name'
  if (node.name === 'String') return node.parent?.name === 'Object' ? 'name' : 'text'
  return 'elsewhere'
}

function nameOptions(state: EditorState, holder: readonly string[], document: Json, to: number): Completion[] {
  const present = getAt(document, indexed(holder, document))
  const taken = new Set(isObject(present) ? Object.keys(present) : [])
  const after = state.sliceDoc(to, to + 200)
  return fieldsAt(holder, document)
    .filter(({ name }) => !taken.has(name) || state.sliceDoc(to - name.length - 1, to - 1) === name)
    .map((field) => ({
      label: `"${field.name}"`,
      type: 'property',
      detail: field.isRequired ? `${field.kind}, required` : field.kind,
      info: [field.meaning, field.limits].filter(Boolean).join(' · ') || field.kind,
      boost: field.isRequired ? 10 : 0,
      apply: /^\s*:/.test(after) ? `"${field.name}"` : withValue(field, after),
    }))
}

/** The name with a value to be filled in, and a comma where more follows. */
function withValue({ name, kind }: FieldSchema, after: string) {
  const value = kind.startsWith('array')
    ? '[#{}]'
    : kind === 'object'
      ? '{#{}}'
      : /^(integer|number|boolean|any JSON)/.test(kind)
        ? '#{}'
        : '"#{}"'
  return snippet(`"${name}": ${value}${/^\s*"/.test(after) ? ',' : ''}`)
}

/** Array keys as numbers, as values are asked for. */
export function indexed(path: readonly string[], document: Json): (string | number)[] {
  const keys: (string | number)[] = []
  for (const key of path) keys.push(Array.isArray(getAt(document, keys)) ? Number(key) : key)
  return keys
}

function valueOptions(path: readonly string[], document: Json, catalogue: CatalogueSource): Completion[] {
  const key = path.at(-1) ?? ''
  const quoted = (value: Json, detail = '', info = ''): Completion => ({
    label: JSON.stringify(value),
    type: 'constant',
    ...(detail && { detail }),
    ...(info && { info }),
  })
  const steps = targetsOf(path, document)
  if (steps) return Object.entries(steps).map(([id, step]) => quoted(id, titleOf(id, step)))
  if (['errors', 'retryOn', 'abortOn'].includes(path.at(-2) ?? '')) return builtInErrors.map((type) => quoted(type))
  const { activities, definitions } = catalogue()
  if (key === 'activity')
    return activities.map(({ name, title, description }) => quoted(name, title ?? '', description ?? ''))
  if (key === 'definition' && textAt(getAt(document, indexed(path.slice(0, -1), document)), 'type'))
    return definitions.map(({ name, title, version }) => quoted(name, `${title ?? name}, version ${version}`))
  const field = fieldAt(path, document)
  return (field?.choices ?? []).map((choice) => quoted(choice, '', field?.meaning ?? ''))
}

/** The steps that a target may name: those of the same scope. Undefined: it is no target. */
export function targetsOf(path: readonly string[], document: Json): JsonObject | undefined {
  const key = path.at(-1) ?? ''
  const isStart = key === 'start'
  if (!isStart && !['next', 'otherwise', 'onTimeout', 'scope'].includes(key)) return undefined
  const at = isStart ? path.slice(0, -1) : path.slice(0, path.lastIndexOf('steps'))
  const steps = getAt(document, [...indexed(at, document), 'steps'])
  return isObject(steps) ? steps : undefined
}

interface Inside {
  readonly source: string
  readonly caret: number
  /** Where the source begins in the text. */
  readonly offset: number
}

/** The expression around the cursor. One with escapes in it is not offered anything: places would not be the same. */
function expressionAt(state: EditorState, node: SyntaxNode, pos: number): Inside | undefined {
  const text = state.sliceDoc(node.from, node.to)
  const open = /^"\{%\s*/.exec(text)?.[0]
  if (open === undefined || text.includes('\\')) return undefined
  const offset = node.from + open.length
  const source = text.slice(open.length).replace(/\s*%?\}?"?$/, '')
  return pos < offset ? undefined : { source, caret: pos - offset, offset }
}

function expressionOptions(
  { source, caret, offset }: Inside,
  path: readonly string[],
  document: Json,
  catalogue: CatalogueSource,
  isExplicit: boolean,
): CompletionResult | null {
  if (!isObject(document)) return null
  const names = namesInReach(document, stepOfPointer(path)?.path, knownOutputs(catalogue()).expected)
  const word = /[$\w.`]*$/.exec(source.slice(0, caret))?.[0] ?? ''
  if (word === '' && !isExplicit) return null
  const found =
    word === ''
      ? names.map((name) => ({ ...name, shown: name.text, isFunction: false }))
      : suggestionsFor(names, source, caret)
  return {
    from: offset + caret - word.length,
    to: offset + caret,
    filter: false,
    options: found.map(({ text, shown, detail, isFunction }) => ({
      label: isFunction ? shown : text,
      type: isFunction ? 'function' : 'variable',
      detail: isFunction ? '' : detail,
      ...(isFunction && { info: detail, apply: `${text}(` }),
    })),
  }
}
