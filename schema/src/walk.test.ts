import { describe, expect, it } from 'vitest'
import type { Definition } from './definition.generated.ts'
import { resolvePointer, stepAt } from './json-pointer.ts'
import { eachScope, eachStep, enclosingScopes, walkDefinition } from './walk.ts'

const definition: Definition = {
  dsl: '1',
  name: 'walk',
  start: 'fork',
  steps: {
    fork: {
      type: 'parallel',
      branches: {
        left: { start: 'wait', steps: { wait: { type: 'timer', delay: 'PT1S' } } },
        right: {
          start: 'each',
          steps: {
            each: {
              type: 'forEach',
              items: [],
              body: { start: 'charge', steps: { charge: { type: 'activity', activity: 'Charge' } } },
            },
          },
        },
      },
      catch: [{ errors: ['*'], next: 'which' }],
      next: 'try',
    },
    try: { type: 'scope', body: { start: 'x', steps: { x: { type: 'end' } } }, next: 'wait' },
    wait: { type: 'waitForEvent', event: 'e', timeout: 'PT1S', onTimeout: 'which', next: 'which' },
    which: { type: 'choice', choices: [{ when: true, next: 'done' }], otherwise: 'fork' },
    done: { type: 'end' },
  },
}

describe('walkDefinition', () => {
  const root = walkDefinition(definition)
  const steps = [...eachStep(root)]

  it('visits every step once, by its path', () => {
    expect(steps.map(({ path }) => path)).toEqual([
      'fork',
      'try',
      'wait',
      'which',
      'done',
      'fork[left]/wait',
      'fork[right]/each',
      'fork[right]/each/charge',
      'try/x',
    ])
  })

  it('gives pointers that lead to the step, and back to its path', () => {
    for (const { pointer, path, step } of steps) {
      expect(resolvePointer(definition, pointer)).toBe(step)
      expect(stepAt(`${pointer}/input/steps/x`)).toEqual({ pointer, path })
    }
  })

  it('knows every way out of a step', () => {
    const edges = steps.flatMap(({ path, edges }) => edges.map(({ kind, to }) => `${path} ${kind} ${to}`))
    expect(edges).toEqual([
      'fork next try',
      'fork catch which',
      'try next wait',
      'wait next which',
      'wait onTimeout which',
      'which choice done',
      'which otherwise fork',
    ])
    for (const { edges } of steps)
      for (const { pointer, to } of edges) expect(resolvePointer(definition, pointer)).toBe(to)
  })

  it('visits outer scopes before inner ones', () => {
    expect([...eachScope(root)].map(({ kind, path, depth }) => `${depth} ${kind} ${path}`)).toEqual([
      '0 document ',
      '1 branch fork[left]',
      '1 branch fork[right]',
      '2 body fork[right]/each',
      '1 body try',
    ])
  })

  it('leads from a step outward', () => {
    const charge = steps.find(({ id }) => id === 'charge')
    const around = charge ? [...enclosingScopes(charge.scope)] : []
    expect(around.map(({ path }) => path)).toEqual(['fork[right]/each', 'fork[right]', ''])
  })

  it('walks what is half drawn', () => {
    const half = walkDefinition({
      steps: { a: { type: 'parallel', branches: { l: 5 }, next: 3 }, b: null, c: { body: [] } },
    })
    expect([...eachStep(half)].map(({ path, edges }) => `${path} ${edges.length}`)).toEqual(['a 0', 'b 0', 'c 0'])
    expect([...eachScope(half)].map(({ start }) => start)).toEqual([undefined, undefined])
    expect([...eachStep(walkDefinition([]))]).toEqual([])
  })
})
