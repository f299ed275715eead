// Workflows for the tests of this room that can be run: valid, and sure to end, with expressions that look at whatever
// is in reach, and at some things that are not there.
import type { Mocks } from '@durable-canvas/interpreter/core'
import type { Json } from '@durable-canvas/schema'
import type { Drawing } from './drawing.ts'
import { fromEntries, type JsonObject } from './json.ts'
import { stepPath } from './static-path.ts'
import { allSteps } from './tree.ts'

type Mutable = { [key: string]: Json }

export function randomWorkflow(seed: number): Drawing {
  return new Maker(seed).drawing()
}

class Maker {
  #state: number
  #count = 0
  #reach: string[][] = []
  #hasItem = false

  constructor(seed: number) {
    this.#state = (seed * 2654435761) >>> 0
  }

  drawing(): Drawing {
    const hasSchema = this.#chance(0.6)
    const body = this.#scope('', 2)
    const definition: JsonObject = {
      dsl: '1',
      name: 'random',
      ...(hasSchema && {
        input: {
          type: 'object',
          required: ['n', 'order'],
          properties: { n: { type: 'integer' }, order: { type: 'object' }, missing: {} },
        },
      }),
      variables: { v: 0, w: '{% $input.n %}', list: [1, 2, 3], rounds: 0 },
      ...body,
    }
    // Who reads a variable that nobody sets would have drawn an error.
    const text = JSON.stringify(definition)
    if (text.includes('$fresh') && !text.includes('"fresh":')) {
      return this.#placed(JSON.parse(text.replaceAll('$fresh', '$w')))
    }
    return this.#placed(definition)
  }

  #placed(definition: JsonObject): Drawing {
    const steps = allSteps(definition)
    const placed = this.#chance(0.5) ? steps.filter(({ scope }) => scope === '') : []
    return {
      definition,
      layout: {
        positions: fromEntries(placed.map(({ path }, index) => [path, { x: index, y: index * 100 }])) as never,
        mocks: this.#mocks(definition),
      },
    }
  }

  #mocks(definition: JsonObject): Mocks {
    return Object.fromEntries(
      allSteps(definition)
        .filter(({ step }) => step.type === 'activity')
        .map(({ path, step }, index) => [
          path,
          step.activity === 'Fail'
            ? { error: { type: 'Broken', message: 'as drawn' } }
            : { result: { of: path, got: '{% $input %}', list: [index, [index]] } },
        ]),
    )
  }

  #scope(scope: string, depth: number): { start: string; steps: Json } {
    const size = 2 + this.#below(5)
    // Ids of other scopes are used again now and then.
    const ids = Array.from({ length: size }, (_, index) =>
      this.#chance(0.1) && depth < 2 ? `s${index + 1}` : this.#freshId(),
    ).filter((id, index, all) => all.indexOf(id) === index)
    this.#reach.push(ids)
    const steps = ids.map((id, index): [string, Json] => [id, this.#step(scope, ids, index, depth)])
    if (this.#chance(0.6)) {
      const outputs = ids.map((id): [string, Json] => [
        id,
        this.#chance(0.5) ? `{% $steps.${id}.output %}` : this.#value(),
      ])
      const last = steps.at(-1)
      if (last) steps[steps.length - 1] = [last[0], { type: 'end', output: { v: '{% $v %}', ...fromEntries(outputs) } }]
    }
    this.#reach.pop()
    return { start: ids[0] ?? '', steps: fromEntries(steps) }
  }

  #step(scope: string, ids: readonly string[], index: number, depth: number): Json {
    const following = ids[index + 1]
    const next: Mutable = following === undefined ? {} : { next: following }
    const path = stepPath(scope, ids[index] ?? '')
    const onward = ids.slice(index + 1)
    switch (this.#below(depth > 0 ? 12 : 8)) {
      case 0:
      case 1:
      case 2:
        return { type: 'activity', activity: 'Do', input: this.#value(), ...this.#gives(), ...next }
      case 3:
        return {
          type: 'activity',
          activity: this.#chance(0.5) ? 'Fail' : 'Do',
          input: this.#value(),
          ...(onward.length > 0 && {
            catch: [
              {
                errors: ['*'],
                ...(this.#chance(0.4) && { assign: { w: '{% $error.message %}' } }),
                next: this.#pick(onward),
              },
            ],
          }),
          ...next,
        }
      case 4:
        if (onward.length === 0) return { type: 'timer', delay: 'PT1S' }
        return {
          type: 'choice',
          choices: [{ when: this.#condition(), next: this.#pick(onward) }],
          otherwise: this.#pick(onward),
        }
      case 5:
        return { type: 'assign', variables: this.#assigned(), ...next }
      case 6:
        // Back, until it was often enough.
        if (index === 0 || following === undefined) return { type: 'timer', delay: 'PT2S', ...next }
        return {
          type: 'choice',
          choices: [{ when: `{% $rounds > ${this.#below(4)} %}`, next: following }],
          otherwise: this.#loop(ids, index),
        }
      case 7:
        return { type: 'timer', delay: 'PT1S', output: this.#value(), ...next }
      case 8:
        return {
          type: 'scope',
          ...(this.#chance(0.3) && { input: this.#value() }),
          ...(this.#chance(0.3) && onward.length > 0 && { catch: [{ errors: ['*'], next: this.#pick(onward) }] }),
          body: this.#scope(path, depth - 1),
          ...next,
        }
      case 9:
      case 10: {
        const outer = this.#hasItem
        this.#hasItem = true
        const body = this.#scope(path, depth - 1)
        this.#hasItem = outer
        return {
          type: 'forEach',
          items: this.#pick(['{% $list %}', [1, { a: 2 }], '{% [1..$input.n] %}']),
          ...(this.#chance(0.5) && { maxConcurrency: 1 }),
          ...(this.#chance(0.3) && { input: { it: '{% $item %}', n: '{% $input.n %}' } }),
          body,
          ...next,
        }
      }
      default:
        return {
          type: 'parallel',
          branches: {
            left: this.#scope(`${path}[left]`, depth - 1),
            right: this.#scope(`${path}[right]`, depth - 1),
          },
          ...next,
        }
    }
  }

  /** The step that is led back to counts the rounds, so that they end. */
  #loop(ids: readonly string[], index: number): string {
    return ids[this.#below(index)] ?? ''
  }

  #gives(): Mutable {
    return {
      ...(this.#chance(0.3) && {
        output: this.#chance(0.5) ? '{% $result.got %}' : { is: '{% $result %}', v: '{% $v %}' },
      }),
      ...(this.#chance(0.6) && { assign: { rounds: '{% $rounds + 1 %}' } }),
      ...(this.#chance(0.2) && { assign: { v: '{% $v + 1 %}', rounds: '{% $rounds + 1 %}' } }),
    }
  }

  #assigned(): Mutable {
    return { rounds: '{% $rounds + 1 %}', [this.#pick(['v', 'w', 'fresh'])]: this.#value() }
  }

  #condition(): Json {
    return this.#pick([
      '{% $v > 1 %}',
      '{% $rounds < 2 %}',
      '{% $input.n > 1 %}',
      '{% $exists($input.missing) %}',
      `{% $exists(${this.#output()}) %}`,
      `{% ${this.#output()}.of %}`,
    ])
  }

  #output(): string {
    const ids = this.#reach.at(-1) ?? []
    const outer = this.#reach.at(-2) ?? ids
    return `$steps.${this.#pick(this.#chance(0.7) ? ids : outer)}.output`
  }

  #value(): Json {
    const item = this.#hasItem
      ? ['{% $item %}', '{% {"item": $item, "at": $index} %}', '{% $ %}']
      : ['{% $$.n %}', '{% n + 1 %}']
    return this.#pick<Json>([
      1,
      null,
      '{% $v %}',
      { w: '{% $w %}', total: '{% $input.order.total %}' },
      '{% $input %}',
      '{% $input.order.lines[price > 1].name %}',
      '{% $input.order.lines[0] %}',
      '{% $input.missing %}',
      '{% [$input.missing, "x" & $input.missing] %}',
      '{% $list[$ > 1] %}',
      '{% $map($list, function($x) { $x + $input.n }) %}',
      '{% ($v := 5; $v + $rounds) %}',
      '{% $context.name & "/" & $context.instanceId %}',
      '{% order.total %}',
      `{% ${this.#output()} %}`,
      `{% ${this.#output()}.of %}`,
      `{% [${this.#output()}, ${this.#output()}.got] %}`,
      `{% $count(${this.#output()}) %}`,
      `{% ${this.#output()}.list[0] %}`,
      { a: [`{% ${this.#output()}.got.total %}`, '{% $fresh %}'] },
      '{% $exists($fresh) %}',
      ...item,
    ])
  }

  #freshId(): string {
    this.#count += 1
    return `s${this.#count}`
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  #below(most: number): number {
    return Math.floor(this.#next() * most)
  }

  #chance(probability: number): boolean {
    return this.#next() < probability
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#below(items.length)] as T
  }
}
