import { expect, test } from 'vitest'
import { copySteps, parseClip } from './clip.ts'
import { connectionProblem } from './connection-rules.ts'
import type { Drawing } from './drawing.ts'
import type { JsonObject } from './json.ts'
import { addStep } from './operations/add-step.ts'
import { renameBranch } from './operations/branches.ts'
import { changeType } from './operations/change-type.ts'
import { connect, disconnect, reconnect } from './operations/connect.ts'
import { moveOntoEdge } from './operations/insert-on-edge.ts'
import { moveToScope } from './operations/move-to-scope.ts'
import { paste } from './operations/paste.ts'
import { removeSteps } from './operations/remove-steps.ts'
import { renameProblem, renameStep } from './operations/rename-step.ts'
import { tidy, turn } from './operations/tidy.ts'
import { outletAfter } from './outlet.ts'

const chain: JsonObject = {
  dsl: '1',
  name: 'chain',
  start: 'a',
  steps: {
    a: { type: 'activity', activity: 'A', next: 'b', catch: [{ errors: ['*'], next: 'z' }] },
    b: { type: 'choice', choices: [{ when: '{% $steps.a.output.ok %}', next: 'c' }], otherwise: 'z' },
    c: { type: 'activity', activity: 'C', input: { from: '{% $steps.a.output & " $steps.a " %}' }, next: 'z' },
    fork: {
      type: 'parallel',
      branches: { left: { start: '', steps: {} }, right: { start: 'r', steps: { r: { type: 'end' } } } },
    },
    z: { type: 'end' },
  },
}
const drawing: Drawing = { definition: chain, layout: { positions: {} } }
const steps = (one: Drawing) => one.definition.steps as { readonly [id: string]: JsonObject }

test('a deleted step heals the chain: what led to it leads on to what followed', () => {
  const { drawing: after } = removeSteps(drawing, ['c'])
  expect(steps(after).b).toEqual({ ...steps(drawing).b, choices: [{ when: '{% $steps.a.output.ok %}', next: 'z' }] })
  expect(removeSteps(drawing, ['a']).drawing.definition.start).toBe('b')
  expect(removeSteps(drawing, ['b', 'a']).drawing.definition.start).toBe('z')
})

test('deleting the last step of a chain takes the edges to it away and keeps the conditions', () => {
  const { drawing: after } = removeSteps(drawing, ['z'])
  expect(steps(after).c).not.toHaveProperty('next')
  expect(steps(after).a?.catch).toEqual([{ errors: ['*'] }])
})

test('a step put on an edge takes over where the edge led', () => {
  const edit = addStep(drawing, {
    step: { type: 'timer', delay: 'PT1S' },
    id: 'wait',
    scope: '',
    after: { from: 'a', port: 'next' },
  })
  expect(steps(edit.drawing).a?.next).toBe('wait')
  expect(steps(edit.drawing).wait).toEqual({ type: 'timer', delay: 'PT1S', next: 'b' })
  expect(edit.select).toEqual(['wait'])
})

test('the first step of an empty scope is where it starts, and a taken id gets a number', () => {
  const inside = addStep(drawing, { step: { type: 'end' }, id: 'a', scope: 'fork[left]' })
  expect(inside.select).toEqual(['fork[left]/a'])
  expect(steps(inside.drawing).fork?.branches).toMatchObject({ left: { start: 'a', steps: { a: { type: 'end' } } } })
  expect(addStep(drawing, { step: { type: 'end' }, id: 'a', scope: '' }).select).toEqual(['a-2'])
})

test('a step dragged onto another edge leaves its chain closed behind it', () => {
  const { drawing: after } = moveOntoEdge(drawing, 'c', { from: 'a', port: 'next' })
  expect(steps(after).a?.next).toBe('c')
  expect(steps(after).c?.next).toBe('b')
  expect(steps(after).b?.choices).toEqual([{ when: '{% $steps.a.output.ok %}', next: 'z' }])
})

test('renaming reaches edges and expressions, and leaves string literals alone', () => {
  const { drawing: after, select } = renameStep(
    { ...drawing, layout: { positions: { a: { x: 1, y: 2 } } } },
    'a',
    'first-one',
  )
  expect(after.definition.start).toBe('first-one')
  expect(steps(after).b?.choices).toEqual([{ when: '{% $steps.`first-one`.output.ok %}', next: 'c' }])
  expect(steps(after).c?.input).toEqual({ from: '{% $steps.`first-one`.output & " $steps.a " %}' })
  expect(Object.keys(steps(after))[0]).toBe('first-one')
  expect(after.layout.positions).toEqual({ 'first-one': { x: 1, y: 2 } })
  expect(select).toEqual(['first-one'])
  expect(renameProblem(chain, 'a', 'b')).toContain('already')
  expect(renameProblem(chain, 'a', '1')).toContain('letter')
  expect(renameProblem(chain, 'a', 'a')).toBeUndefined()
})

test('edges are connected, led elsewhere and taken away', () => {
  expect(steps(connect(drawing, 'c', 'catch/new', 'z').drawing).c?.catch).toEqual([{ errors: ['*'], next: 'z' }])
  expect(steps(disconnect(drawing, 'a', 'catch/0').drawing).a).not.toHaveProperty('catch')
  expect(steps(disconnect(drawing, 'b', 'choice/0').drawing).b?.choices).toEqual([{ when: '{% $steps.a.output.ok %}' }])
  const moved = reconnect(drawing, { from: 'a', port: 'next', newFrom: 'b', newPort: 'otherwise', to: 'c' })
  expect(steps(moved.drawing).a).not.toHaveProperty('next')
  expect(steps(moved.drawing).b?.otherwise).toBe('c')
  expect(connect(drawing, 'a', 'next', 'fork[right]/r').inverse).toEqual([])
})

test('a forbidden edge has its reason in words', () => {
  expect(connectionProblem(chain, 'a', 'next', '@start')).toContain('start')
  expect(connectionProblem(chain, 'a', 'next', 'fork[right]/r')).toContain('branch “right” of “fork”')
  expect(connectionProblem(chain, 'fork[right]/r', 'next', 'a')).toContain('border')
  expect(connectionProblem(chain, 'a', 'next', 'a')).toContain('follow itself')
  expect(connectionProblem(chain, 'b', 'choice/0', 'b')).toContain('spin')
  expect(connectionProblem(chain, 'b', 'otherwise', 'b')).toContain('spin')
  expect(connectionProblem(chain, 'a', 'next', 'b')).toContain('already')
  expect(connectionProblem(chain, '@start', 'start', 'a')).toContain('already')
  expect(connectionProblem(chain, 'gone', 'next', 'a')).toContain('no such step')
  expect(connectionProblem(chain, 'a', 'next', 'gone')).toContain('Drop it')
  expect(connectionProblem(chain, '@start', 'start', 'c')).toBeUndefined()
  expect(connectionProblem(chain, 'c', 'catch/new', 'c')).toBeUndefined()
})

test('steps dragged into a scope keep the edges among them and lose the others', () => {
  const { drawing: after, select } = moveToScope(drawing, { paths: ['b', 'c'], scope: 'fork[left]' })
  expect(select).toEqual(['fork[left]/b', 'fork[left]/c'])
  expect(steps(after).a?.next).toBe('z')
  expect(steps(after).fork?.branches).toMatchObject({
    left: { start: 'b', steps: { b: { choices: [{ next: 'c' }] }, c: { type: 'activity' } } },
  })
  expect(moveToScope(drawing, { paths: ['fork'], scope: 'fork[left]' }).inverse).toEqual([])
})

test('what is pasted has ids of its own and speaks of its own steps', () => {
  const clip = copySteps(drawing, ['a', 'c'])
  const { drawing: after, select } = paste(drawing, { clip, scope: '', after: { from: 'c', port: 'catch/0' } })
  expect(select).toEqual(['a-2', 'c-2'])
  expect(steps(after)['c-2']?.input).toEqual({ from: '{% $steps.`a-2`.output & " $steps.a " %}' })
  expect(steps(after)['a-2']).not.toHaveProperty('next')
  expect(parseClip(JSON.stringify(clip))).toEqual(clip)
  expect(parseClip('{"type":"timer"}')?.steps).toEqual({ timer: { type: 'timer' } })
  expect(parseClip('{"x":1}')).toBeUndefined()
  expect(parseClip('no json')).toBeUndefined()
  expect(parseClip('[]')).toBeUndefined()
})

test('another type keeps what both types have, and where the chain goes on', () => {
  const { drawing: after } = changeType(drawing, 'c', { type: 'subOrchestration', definition: 'x' })
  expect(steps(after).c).toEqual({
    type: 'subOrchestration',
    definition: 'x',
    input: steps(drawing).c?.input,
    next: 'z',
  })
  expect(steps(changeType(drawing, 'b', { type: 'timer', delay: 'PT1S' }).drawing).b).toEqual({
    type: 'timer',
    delay: 'PT1S',
    next: 'z',
  })
})

test('tidying takes the places out, of everything or of one scope', () => {
  const placed: Drawing = { ...drawing, layout: { positions: { a: { x: 0, y: 0 }, 'fork[right]/r': { x: 9, y: 9 } } } }
  expect(tidy(placed).drawing.layout.positions).toEqual({})
  expect(tidy(placed, 'fork[right]').drawing.layout.positions).toEqual({ a: { x: 0, y: 0 } })
  expect(tidy(drawing).inverse).toEqual([])
  expect(turn(placed, 'LR').drawing.layout).toEqual({ positions: {}, direction: 'LR' })
  expect(turn(drawing, 'TB').inverse).toEqual([])
})

test('a renamed branch takes its boxes along', () => {
  const placed: Drawing = { ...drawing, layout: { positions: { 'fork[right]/r': { x: 9, y: 9 } } } }
  expect(renameBranch(placed, 'fork', 'right', 'second').drawing.layout.positions).toEqual({
    'fork[second]/r': { x: 9, y: 9 },
  })
})

test('a new step goes after the selected one, before one that ends its scope, or at the end', () => {
  expect(outletAfter(chain, 'a')).toEqual({ from: 'a', port: 'next' })
  expect(outletAfter(chain, 'b')).toEqual({ from: 'b', port: 'otherwise' })
  expect(outletAfter(chain, 'z')).toEqual({ from: 'a', port: 'catch/0' })
  expect(outletAfter(chain, '@start')).toEqual({ from: '@start', port: 'start' })
  expect(outletAfter(chain, undefined)).toEqual({ from: 'b', port: 'otherwise' })
  expect(outletAfter(chain, 'gone')).toEqual({ from: 'b', port: 'otherwise' })
  expect(outletAfter(chain, undefined, 'fork[left]')).toBeUndefined()
})
