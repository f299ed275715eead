// Definitions made of a seed: every step type, nested scopes, loops, catches and retries; always free of errors, rarely sensible.
import type { Catcher, Definition, Json, RetryPolicy, ScopeBody, Step } from '@durable-canvas/schema'
import { drawsFrom } from '../core/random.ts'

export interface Draw {
  /** 0 ≤ n < below */
  readonly below: (below: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(items: readonly T[]) => T
}

export function drawOf(seed: string): Draw {
  const next = drawsFrom(seed)
  const below = (most: number) => Math.floor(next() * most)
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('there is nothing to pick from')
      return item
    },
  }
}

export const eventNames = ['go', 'stop'] as const
export const errorTypes = ['Flaky', 'Broken'] as const

export function randomDefinition(seed: string): Definition {
  const maker = new Maker(drawOf(seed))
  return {
    dsl: '1',
    name: 'random',
    variables: { v: 0, list: '{% [1..$input.n] %}' },
    ...(maker.draw.chance(0.2) ? { timeout: 'PT10M' } : {}),
    ...maker.scope(3, true),
  }
}

class Maker {
  readonly draw: Draw
  private steps = 0
  private scopes: string[] = []

  constructor(draw: Draw) {
    this.draw = draw
  }

  scope(depth: number, isRoot: boolean): ScopeBody {
    const count = 1 + this.draw.below(depth > 0 ? 5 : 2)
    const ids = Array.from({ length: count }, () => `s${++this.steps}`)
    const steps: Record<string, Step> = {}
    for (const [index, id] of ids.entries()) steps[id] = this.step(id, ids, index, depth, isRoot)
    return { start: ids[0] ?? '', steps }
  }

  private step(id: string, ids: readonly string[], index: number, depth: number, isRoot: boolean): Step {
    const { draw } = this
    const following = ids[index + 1]
    const next = following === undefined ? {} : { next: following }
    const status = draw.chance(0.1) ? { status: { at: id, v: '{% $v %}' } } : {}
    const common = { ...next, ...status }
    const work = { ...common, ...this.outputs(id), ...this.catches(ids, index) }
    switch (draw.below(depth > 0 ? 16 : 11)) {
      case 0:
      case 1:
      case 2:
        return { type: 'activity', activity: draw.pick(['A', 'B']), input: this.value(), ...this.limits(), ...work }
      case 3:
        return draw.chance(0.8)
          ? { type: 'timer', delay: draw.pick(['PT1S', 'PT0S', 'PT90S']), ...work }
          : { type: 'timer', until: '{% $now() %}', ...work }
      case 4: {
        const timeout = draw.chance(0.5) ? { timeout: 'PT30S' } : {}
        const onTimeout = 'timeout' in timeout && draw.chance(0.5) ? { onTimeout: draw.pick(ids.slice(index)) } : {}
        return { type: 'waitForEvent', event: draw.pick(eventNames), ...timeout, ...onTimeout, ...work }
      }
      case 5:
        return this.choice(ids, index, common)
      case 6:
        return { type: 'assign', variables: { v: '{% $v + 1 %}', w: this.value() }, ...common }
      case 7:
        return { type: 'setCustomStatus', status: this.value(), ...next }
      case 8:
        return {
          type: 'raiseEvent',
          event: 'go',
          data: this.value(),
          ...(draw.chance(0.5) ? { instanceId: 'other' } : { correlationKey: '{% "k" & $string($v) %}' }),
          ...common,
        }
      case 9:
        return this.ending(isRoot)
      case 10:
        return {
          type: 'subOrchestration',
          definition: 'child',
          input: this.value(),
          ...(draw.chance(0.3) ? { mode: 'detach' } : {}),
          ...this.retry(),
          ...work,
        }
      case 11:
        return {
          type: 'parallel',
          branches: { a: this.scope(depth - 1, false), b: this.scope(depth - 1, false) },
          completion: draw.pick(['all', 'any', { atLeast: 1 }] as const),
          ...work,
        }
      case 12:
      case 13:
        return {
          type: 'forEach',
          items: draw.pick<Json>(['{% $list %}', [], [1, 2, 3], '{% $list[$ > 1] %}']),
          ...(draw.chance(0.5) ? { maxConcurrency: 2 } : {}),
          ...(draw.chance(0.4) ? { tolerate: { count: 1 } } : {}),
          completion: draw.pick(['all', 'all', 'any'] as const),
          body: this.scope(depth - 1, false),
          ...work,
        }
      case 14:
        this.scopes.push(id)
        return {
          type: 'scope',
          ...(draw.chance(0.4) ? { timeout: 'PT20S' } : {}),
          ...this.retry(),
          body: this.scope(depth - 1, false),
          ...work,
        }
      default:
        return { type: 'compensate', ...work }
    }
  }

  private choice(ids: readonly string[], index: number, common: { readonly next?: string }): Step {
    const { draw } = this
    const onward = common.next ?? this.own(ids, index)
    const choices = [
      { when: draw.pick(['{% $v > 1 %}', '{% $random() < 0.5 %}', '{% $input.n > 1 %}']), next: onward },
      { when: '{% $v = 3 %}', next: draw.pick(ids.slice(index + 1).concat(onward)) },
    ]
    if (onward === ids[index]) return { type: 'fail', error: { type: 'Broken', message: '{% "at " & $string($v) %}' } }
    return { type: 'choice', choices, ...(draw.chance(0.7) ? { otherwise: onward } : {}) }
  }

  private own = (ids: readonly string[], index: number): string => ids[index] ?? ''

  private ending(isRoot: boolean): Step {
    const { draw } = this
    if (draw.chance(0.3))
      return { type: 'fail', error: { type: draw.pick(errorTypes), message: 'as drawn', details: { v: '{% $v %}' } } }
    if (isRoot && draw.chance(0.4)) return { type: 'continueAsNew', input: { n: '{% $input.n %}' } }
    return { type: 'end', output: this.value() }
  }

  private value(): Json {
    return this.draw.pick<Json>([
      null,
      1,
      '{% $v %}',
      { in: '{% $input.n %}', uuid: '{% $uuid() %}' },
      '{% $millis() %}',
      '{% $context.instanceId %}',
    ])
  }

  private outputs(id: string) {
    const { draw } = this
    return {
      ...(draw.chance(0.3)
        ? { output: draw.pick<Json>(['{% $result %}', { of: id }, '{% $result.nothing + "not a number" %}']) }
        : {}),
      ...(draw.chance(0.2) ? { assign: { v: '{% $v + 1 %}' } } : {}),
    }
  }

  /** A catch may lead back, as people draw retries by hand; a wait on the way keeps it from spinning. */
  private catches(ids: readonly string[], index: number): { catch?: Catcher[] } {
    const { draw } = this
    if (!draw.chance(0.35) || index === ids.length - 1) return {}
    const next = draw.pick(ids.slice(index + 1))
    const one = { errors: [draw.pick(['*', 'Flaky', 'Timeout', 'ExpressionError'])], next }
    return { catch: [draw.chance(0.3) ? { ...one, when: '{% $error.attempt > 0 %}', assign: { v: 9 } } : one] }
  }

  private retry(): { retry?: RetryPolicy } {
    const { draw } = this
    if (!draw.chance(0.4)) return {}
    return {
      retry: {
        maxNumberOfAttempts: 1 + draw.below(3),
        ...(draw.chance(0.7) ? { firstRetryInterval: 'PT1S' } : {}),
        backoffCoefficient: draw.pick([1, 2]),
        ...(draw.chance(0.3) ? { jitter: 'full' } : {}),
        ...(draw.chance(0.2) ? { abortOn: ['Broken'] } : {}),
        ...(draw.chance(0.2) ? { retryTimeout: 'PT5S' } : {}),
      },
    }
  }

  private limits() {
    const { draw } = this
    return {
      ...this.retry(),
      ...(draw.chance(0.3) ? { timeout: 'PT10S' } : {}),
      ...(draw.chance(0.3) ? { compensate: { activity: 'Undo', input: '{% $result %}' } } : {}),
    }
  }
}
