import type { Definition, ScopeBody, Step } from './definition.generated.ts'
import { canonicalJson } from './hash.ts'
import { pointerOf } from './json-pointer.ts'

// What changed from one definition to another, as an author would say it: steps are matched by their ids within their scope,
// fields are compared one by one.

export interface Change {
  readonly type: 'added' | 'removed' | 'changed'
  /** Path of the step (`each/charge`); without it the change is the document's. */
  readonly step?: string
  /** Into the definition after the change; for what was removed, into the one before. */
  readonly pointer: string
  /** Without it a whole step (or branch) came or went. A field inside of a field is written with points: `retry.jitter`. */
  readonly field?: string
  readonly before?: unknown
  readonly after?: unknown
}

/** In the order of the document: its own fields, then step by step. Equal definitions have no changes. */
export function diffDefinitions(before: Definition, after: Definition): Change[] {
  const changes: Change[] = []
  compareFields(before, after, { pointer: '', step: undefined, skip: ['steps'] }, changes)
  compareSteps(before, after, { pointer: '', path: '' }, changes)
  return changes
}

/** One sentence in plain words. */
export function describeChange({ type, step, field, before, after }: Change): string {
  const owner = step === undefined ? '' : `${step}: `
  if (field === undefined) {
    const what = kindOf(type === 'removed' ? before : after)
    return `${owner}${what} ${type === 'removed' ? 'removed' : 'added'}`
  }
  switch (type) {
    case 'added':
      return `${owner}${field} set to ${show(after)}`
    case 'removed':
      return `${owner}${field} removed (was ${show(before)})`
    case 'changed':
      return `${owner}${field} changed from ${show(before)} to ${show(after)}`
  }
}

interface ScopePlace {
  readonly pointer: string
  readonly path: string
}

interface FieldPlace {
  readonly pointer: string
  readonly step: string | undefined
  readonly skip: readonly string[]
}

type Fields = { readonly [field: string]: unknown }

function compareSteps(before: ScopeBody, after: ScopeBody, { pointer, path }: ScopePlace, changes: Change[]): void {
  for (const { key: id, old, now } of pairs(before.steps, after.steps)) {
    const step = path === '' ? id : `${path}/${id}`
    const at = pointerOf(pointer, 'steps', id)
    if (old === undefined) changes.push({ type: 'added', step, pointer: at, after: now })
    else if (now === undefined) changes.push({ type: 'removed', step, pointer: at, before: old })
    else compareStep(old, now, at, step, changes)
  }
}

function compareStep(before: Step, after: Step, pointer: string, step: string, changes: Change[]): void {
  compareFields(before, after, { pointer, step, skip: ['branches', 'body'] }, changes)
  const bodies = pairs(scopesOf(before), scopesOf(after))
  for (const { key, old, now } of bodies) {
    const branch = key === '' ? undefined : key
    const path = branch === undefined ? step : `${step}[${branch}]`
    const at = branch === undefined ? `${pointer}/body` : pointerOf(pointer, 'branches', branch)
    if (old === undefined) changes.push({ type: 'added', step: path, pointer: at, after: now })
    else if (now === undefined) changes.push({ type: 'removed', step: path, pointer: at, before: old })
    else {
      compareFields(old, now, { pointer: at, step: path, skip: ['steps'] }, changes)
      compareSteps(old, now, { pointer: at, path }, changes)
    }
  }
}

/** Branches by name; a body under the empty name, which no branch can have. */
function scopesOf(step: Step): { readonly [name: string]: ScopeBody } {
  if ('branches' in step) return step.branches
  return 'body' in step ? { '': step.body } : {}
}

function compareFields(before: object, after: object, place: FieldPlace, changes: Change[]): void {
  for (const { key, old, now } of pairs(before as Fields, after as Fields))
    if (!place.skip.includes(key)) compareValue(old, now, key, pointerOf(place.pointer, key), place.step, changes)
}

function compareValue(
  before: unknown,
  after: unknown,
  field: string,
  pointer: string,
  step: string | undefined,
  changes: Change[],
): void {
  if (isFields(before) && isFields(after)) {
    for (const { key, old, now } of pairs(before, after))
      compareValue(old, now, `${field}.${key}`, pointerOf(pointer, key), step, changes)
    return
  }
  const place = { ...(step === undefined ? {} : { step }), pointer, field }
  if (before === undefined) changes.push({ type: 'added', ...place, after })
  else if (after === undefined) changes.push({ type: 'removed', ...place, before })
  else if (canonicalJson(before) !== canonicalJson(after)) changes.push({ type: 'changed', ...place, before, after })
}

interface Pair<T> {
  readonly key: string
  readonly old: T | undefined
  readonly now: T | undefined
}

/** Keys of both, those of the later one first in its own order. */
function pairs<T>(before: { readonly [key: string]: T }, after: { readonly [key: string]: T }): Pair<T>[] {
  const own = (record: { readonly [key: string]: T }, key: string) =>
    Object.hasOwn(record, key) ? record[key] : undefined
  return [...new Set([...Object.keys(after), ...Object.keys(before)])].map((key) => ({
    key,
    old: own(before, key),
    now: own(after, key),
  }))
}

function kindOf(value: unknown): string {
  if (!isFields(value)) return 'step'
  return typeof value.type === 'string' ? `${value.type} step` : 'branch'
}

function show(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
