import { expect, test } from 'vitest'
import type { Drawing } from './drawing.ts'
import { patched } from './edit.ts'
import type { JsonObject } from './json.ts'
import { moveToScope } from './operations/move-to-scope.ts'
import { removeSteps } from './operations/remove-steps.ts'
import { renameStep } from './operations/rename-step.ts'
import { replaceDefinition } from './operations/replace-definition.ts'
import { followSteps, pathAfter, renamedSteps } from './renamed-steps.ts'

const timer = (next?: string): JsonObject => ({ type: 'timer', delay: 'PT1S', ...(next && { next }) })

const drawing: Drawing = {
  definition: {
    dsl: '1',
    name: 'x',
    start: 'a',
    steps: {
      a: timer('each'),
      each: {
        type: 'forEach',
        items: [],
        body: { start: 'b', steps: { b: timer('c'), c: { type: 'end' } } },
        next: 'fork',
      },
      fork: {
        type: 'parallel',
        branches: { left: { start: 'd', steps: { d: timer() } }, right: { start: 'd', steps: { d: timer() } } },
      },
    },
  },
  layout: { positions: {}, mocks: { a: { result: 1 } } },
}

const after = (edit: { drawing: Drawing }) => renamedSteps(drawing.definition, edit.drawing.definition)

test('a new id is followed at every depth, and back when it is undone', () => {
  for (const [path, to] of [
    ['a', 'z'],
    ['each/b', 'each/z'],
    ['fork[right]/d', 'fork[right]/z'],
  ] as const) {
    const edit = renameStep(drawing, path, 'z')
    expect([...after(edit)]).toEqual([[path, to]])
    const back = patched(edit.drawing, edit.inverse)
    expect([...renamedSteps(edit.drawing.definition, back.definition)]).toEqual([[to, path]])
  }
})

test('what is inside goes along', () => {
  const renames = after(renameStep(drawing, 'each', 'all'))
  expect([...renames]).toEqual([['each', 'all']])
  expect(pathAfter(renames, 'each/b')).toBe('all/b')
  expect(pathAfter(renames, 'a')).toBe('a')
})

test('a step that is taken into another scope is found there, if it is the only one', () => {
  const moved = moveToScope(drawing, { paths: ['a'], scope: 'each' })
  expect([...after(moved)]).toEqual([['a', 'each/a']])
  const container = moveToScope(drawing, { paths: ['fork'], scope: 'each' })
  expect([...after(container)]).toEqual([['fork', 'each/fork']])
  const both = moveToScope(moveToScope(drawing, { paths: ['fork[left]/d'], scope: '' }).drawing, {
    paths: ['fork[right]/d'],
    scope: 'each',
  })
  expect([...after(both)]).toEqual([])
})

test('what went and what came instead are two steps', () => {
  const steps = drawing.definition.steps as JsonObject
  const { a: _a, ...others } = steps
  const of = (next: JsonObject) => [...renamedSteps(drawing.definition, { ...drawing.definition, steps: next })]
  expect(of({ z: { type: 'end' }, ...others })).toEqual([])
  expect(of({ ...others, z: timer() })).toEqual([])
  expect(of({ each: others.each ?? {}, z: timer(), fork: others.fork ?? {} })).toEqual([])
  expect(of(others)).toEqual([])
  expect(of({ ...steps, fork: { type: 'parallel', branches: {} } })).toEqual([])
})

test('breakpoints follow; one of a step that is gone stays for its return', () => {
  const points = new Set(['a', 'each/b', 'never'])
  const renamed = renameStep(drawing, 'each', 'all')
  expect([...followSteps(drawing.definition, renamed.drawing.definition, points)]).toEqual(['a', 'all/b', 'never'])
  const gone = removeSteps(drawing, ['a'])
  expect([...followSteps(drawing.definition, gone.drawing.definition, points)]).toEqual([...points])
  const same = renameStep(drawing, 'fork', 'split')
  expect(followSteps(drawing.definition, same.drawing.definition, points)).toBe(points)
})

test('an id that is typed anew in the code takes what belongs to the step along', () => {
  const { a, ...others } = drawing.definition.steps as JsonObject
  const typed = { ...drawing.definition, steps: { pay: a ?? {}, ...others } }
  const edit = replaceDefinition(drawing, typed)
  expect(edit.drawing.layout.mocks).toEqual({ pay: { result: 1 } })
  expect(patched(edit.drawing, edit.inverse)).toEqual(drawing)
})
