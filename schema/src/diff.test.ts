import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ActivityStep, Definition, ForEachStep, ParallelStep, Step } from './definition.generated.ts'
import { describeChange, diffDefinitions } from './diff.ts'
import { resolvePointer } from './json-pointer.ts'

const work: ActivityStep = { type: 'activity', activity: 'Work', retry: { maxNumberOfAttempts: 3 }, next: 'done' }
const done: Step = { type: 'end' }
const base: Definition = { dsl: '1', name: 'x', start: 'work', steps: { work, done } }
const told = (before: Definition, after: Definition) => diffDefinitions(before, after).map(describeChange)
const withStep = (id: string, step: Step): Definition => ({ ...base, steps: { ...base.steps, [id]: step } })

describe('diffDefinitions', () => {
  it('finds nothing in equal definitions, however they were written', () => {
    expect(diffDefinitions(base, { steps: { done, work }, start: 'work', name: 'x', dsl: '1' })).toEqual([])
  })

  it('tells fields of the document', () => {
    expect(told(base, { ...base, title: 'X', start: 'done' })).toEqual([
      'start changed from "work" to "done"',
      'title set to "X"',
    ])
  })

  it('tells steps that came and went', () => {
    expect(told(base, withStep('rest', { type: 'timer', delay: 'PT1S' }))).toEqual(['rest: timer step added'])
    expect(told(withStep('rest', { type: 'timer', delay: 'PT1S' }), base)).toEqual(['rest: timer step removed'])
  })

  it('compares fields to the depth at which they differ', () => {
    const after = withStep('work', { ...work, retry: { maxNumberOfAttempts: 5, jitter: 'full' } })
    expect(diffDefinitions(base, after)).toEqual([
      {
        type: 'changed',
        step: 'work',
        pointer: '/steps/work/retry/maxNumberOfAttempts',
        field: 'retry.maxNumberOfAttempts',
        before: 3,
        after: 5,
      },
      { type: 'added', step: 'work', pointer: '/steps/work/retry/jitter', field: 'retry.jitter', after: 'full' },
    ])
    expect(told(after, base)).toEqual([
      'work: retry.maxNumberOfAttempts changed from 5 to 3',
      'work: retry.jitter removed (was "full")',
    ])
  })

  it('takes lists as a whole', () => {
    const catching = (errors: string[]) => withStep('work', { ...work, catch: [{ errors, next: 'done' }] })
    expect(told(catching(['A']), catching(['B']))).toEqual([
      'work: catch changed from [{"errors":["A"],"next":"done"}] to [{"errors":["B"],"next":"done"}]',
    ])
  })

  it('matches steps within their scope', () => {
    const each = (inner: Step): ForEachStep => ({
      type: 'forEach',
      items: [],
      body: { start: 'work', steps: { work: inner } },
    })
    const fork = (inner: Step): ParallelStep => ({
      type: 'parallel',
      branches: { left: { start: 'each', steps: { each: each(inner) } } },
    })
    const changes = diffDefinitions(withStep('fork', fork(work)), withStep('fork', fork({ ...work, activity: 'Play' })))
    expect(changes.map(describeChange)).toEqual(['fork[left]/each/work: activity changed from "Work" to "Play"'])
    expect(changes[0]?.pointer).toBe('/steps/fork/branches/left/steps/each/body/steps/work/activity')
  })

  it('tells branches that came and went, and a new start', () => {
    const fork = (branches: ParallelStep['branches']): Definition => withStep('fork', { type: 'parallel', branches })
    const left = { start: 'a', steps: { a: done, b: done } }
    expect(told(fork({ left }), fork({ left: { ...left, start: 'b' }, right: left }))).toEqual([
      'fork[left]: start changed from "a" to "b"',
      'fork[right]: branch added',
    ])
    expect(told(fork({ left, right: left }), fork({ left }))).toEqual(['fork[right]: branch removed'])
  })

  it('shows a step that became another type', () => {
    const scope: Step = { type: 'scope', body: { start: 'a', steps: { a: done } } }
    expect(told(withStep('rest', scope), withStep('rest', { type: 'timer', delay: 'PT1S' }))).toEqual([
      'rest: type changed from "scope" to "timer"',
      'rest: delay set to "PT1S"',
      'rest: branch removed',
    ])
  })

  it('points at what is there, in the definition after or before', () => {
    const text = readFileSync(new URL('../examples/process-order.json', import.meta.url), 'utf8')
    const before: Definition = JSON.parse(text)
    const after: Definition = JSON.parse(text.replace('PT5S', 'PT9S').replace('"isValid"', '"pay"'))
    const changes = diffDefinitions(before, after)
    expect(changes.map(({ field }) => field)).toEqual(['next', 'retry.firstRetryInterval'])
    for (const { pointer, before: old, after: now } of changes) {
      expect(resolvePointer(before, pointer)).toEqual(old)
      expect(resolvePointer(after, pointer)).toEqual(now)
    }
  })
})
