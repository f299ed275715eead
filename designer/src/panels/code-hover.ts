// What the thing under the mouse is: a property by the schema's own words, a value by what it names.
import { type EditorView, hoverTooltip, type Tooltip } from '@codemirror/view'
import { type Json, parseDuration } from '@durable-canvas/schema'
import type { SyntaxNode } from '@lezer/common'
import { getAt, isObject, textAt } from '../drawing/json.ts'
import { callOf, knownOutputs } from '../drawing/known-outputs.ts'
import { titleOf } from '../steps/words.ts'
import { longDurationText } from '../ui/duration-text.ts'
import type { CatalogueSource } from './code-catalogue.ts'
import { indexed, targetsOf } from './code-completion.ts'
import { looseDocument, textOf } from './code-document.ts'
import { pointerAt } from './code-pointer.ts'
import { fieldAt } from './code-schema.ts'
import { treeOf } from './code-tree.ts'

interface Told {
  readonly title: string
  readonly kind: string
  readonly lines: readonly string[]
}

export const codeHover = (catalogue: CatalogueSource) =>
  hoverTooltip((view, pos): Tooltip | null => {
    const node = treeOf(view.state).resolveInner(pos, 1)
    const told = toldOf(view, node, catalogue)
    return told ? { pos: node.from, end: node.to, above: true, create: () => ({ dom: drawn(told) }) } : null
  })

function toldOf(view: EditorView, node: SyntaxNode, catalogue: CatalogueSource): Told | undefined {
  if (!['PropertyName', 'String', 'Number', 'True', 'False'].includes(node.name)) return undefined
  const document = looseDocument(view.state)
  const path = pointerAt(view.state, node.to)
  if (node.name === 'PropertyName') return ofField(path, document)
  const text = node.name === 'String' ? textOf(view.state, node) : undefined
  return (text === undefined ? undefined : ofValue(path, text, document, catalogue)) ?? ofField(path, document)
}

function ofField(path: readonly string[], document: Json): Told | undefined {
  const field = fieldAt(path, document)
  if (field === undefined) return undefined
  const kind = field.isRequired ? `${field.kind}, required` : field.kind
  return { title: field.name, kind, lines: [field.meaning, field.limits].filter((line) => line !== '') }
}

function ofValue(path: readonly string[], text: string, document: Json, catalogue: CatalogueSource): Told | undefined {
  const key = path.at(-1) ?? ''
  const target = targetsOf(path, document)?.[text]
  if (isObject(target))
    return {
      title: titleOf(text, target),
      kind: `step, ${textAt(target, 'type') ?? 'of no type'}`,
      lines: notes(target),
    }
  if (key === 'activity') {
    const activity = catalogue().activities.find(({ name }) => name === text)
    if (activity)
      return {
        title: activity.title ?? activity.name,
        kind: 'activity',
        lines: [
          activity.description ?? '',
          fieldsWords('Takes', activity.input),
          fieldsWords('Gives', activity.output ?? undefined),
        ],
      }
  }
  if (key === 'definition') {
    const definition = catalogue().definitions.find(({ name }) => name === text)
    const step = getAt(document, indexed(path.slice(0, -1), document))
    if (definition && isObject(step)) {
      const version = callOf(step)?.version
      const called = catalogue().called({ name: text, version })
      return {
        title: definition.title ?? text,
        kind: `definition, version ${version ?? definition.version}`,
        lines: [
          textAt(called, 'description') ?? '',
          fieldsWords('Takes', called?.input),
          fieldsWords('Gives', knownOutputs(catalogue()).expected(step)),
        ],
      }
    }
  }
  const ms = text.startsWith('P') ? parseDuration(text) : undefined
  if (ms !== undefined)
    return { title: longDurationText(ms), kind: 'duration', lines: [fieldAt(path, document)?.meaning ?? ''] }
  if (key === 'type') {
    // A step's type stands for what the step does.
    const step = fieldAt(path.slice(0, -1), document)
    if (step) return { title: text, kind: 'step type', lines: [step.meaning] }
  }
  return undefined
}

const notes = (step: Json): string[] => {
  const note = textAt(step, 'note')
  return note === undefined ? [] : [note]
}

function fieldsWords(verb: string, schema: Json | undefined): string {
  const properties = isObject(schema) && isObject(schema.properties) ? Object.entries(schema.properties) : []
  const fields = properties.map(([name, field]) => `${name}: ${textAt(field, 'type') ?? 'any'}`)
  return fields.length === 0 ? '' : `${verb} { ${fields.join(', ')} }`
}

function drawn({ title, kind, lines }: Told): HTMLElement {
  const box = document.createElement('div')
  box.className = 'cm-told'
  const head = box.appendChild(document.createElement('div'))
  head.appendChild(document.createElement('strong')).textContent = title
  head.appendChild(document.createElement('span')).textContent = kind
  for (const line of lines) if (line) box.appendChild(document.createElement('p')).textContent = line
  return box
}
