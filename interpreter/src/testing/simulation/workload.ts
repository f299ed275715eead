// The definitions that a run starts instances of: a few made by hand, whose outcome can be told in advance, and many that
// chance made. Compiled once for all runs.
import { checkDefinition, type Definition, type Json } from '@durable-canvas/schema'
import { compileProgram, type Program } from '../../core/index.ts'
import type { Deployment } from '../../engine/definitions.ts'
import type { StoredDefinition } from '../../stores/store.ts'
import { randomDefinition } from '../random-definition.ts'

const define = (name: string, steps: Definition['steps'], more: Partial<Definition> = {}): Definition => ({
  dsl: '1',
  name,
  start: Object.keys(steps)[0] ?? '',
  steps,
  ...more,
})

/** Adds up the events that it is sent, one execution for each. */
const counter = define(
  'counter',
  {
    wait: {
      type: 'waitForEvent',
      event: 'add',
      assign: { total: '{% $total + $result.n %}', left: '{% $left - 1 %}' },
      next: 'more',
    },
    more: { type: 'choice', choices: [{ when: '{% $left = 0 %}', next: 'done' }], otherwise: 'again' },
    again: { type: 'continueAsNew', input: { total: '{% $total %}', left: '{% $left %}' } },
    done: { type: 'end', output: '{% $total %}' },
  },
  { variables: { total: '{% $input.total %}', left: '{% $input.left %}' } },
)

const child = define('child', {
  work: { type: 'activity', activity: 'A', input: '{% $input %}', retry: { maxNumberOfAttempts: 3 }, next: 'pause' },
  pause: { type: 'timer', delay: 'PT1S' },
})

const family = define('family', {
  each: {
    type: 'forEach',
    items: [1, 2, 3],
    maxConcurrency: 2,
    tolerate: { count: 3 },
    body: { start: 'one', steps: { one: { type: 'subOrchestration', definition: 'child', input: '{% $item %}' } } },
    next: 'again',
  },
  again: { type: 'choice', choices: [{ when: '{% $input.n > 1 %}', next: 'renew' }], otherwise: 'done' },
  renew: { type: 'continueAsNew', input: { n: '{% $input.n - 1 %}' } },
  done: { type: 'end', output: 'done' },
})

const saga = define('saga', {
  book: { type: 'activity', activity: 'A', compensate: { activity: 'Undo', input: '{% $result %}' }, next: 'both' },
  both: {
    type: 'parallel',
    branches: {
      left: {
        start: 'pay',
        steps: { pay: { type: 'activity', activity: 'B', compensate: { activity: 'Undo', input: 'pay' } } },
      },
      right: { start: 'rest', steps: { rest: { type: 'timer', delay: 'PT3S' } } },
    },
    catch: [{ errors: ['*'], next: 'undo' }],
    next: 'ship',
  },
  ship: {
    type: 'activity',
    activity: 'B',
    timeout: 'PT10S',
    retry: { maxNumberOfAttempts: 2, firstRetryInterval: 'PT1S' },
    catch: [{ errors: ['*'], next: 'undo' }],
    next: 'done',
  },
  undo: { type: 'compensate', catch: [{ errors: ['*'], next: 'done' }], next: 'done' },
  done: { type: 'end', output: 'over' },
})

const timers = define('timers', {
  first: { type: 'timer', delay: 'PT2S', next: 'second' },
  second: { type: 'timer', delay: 'PT0.1S', next: 'long' },
  long: { type: 'timer', delay: 'PT75S', next: 'last' },
  last: { type: 'activity', activity: 'A', retry: { maxNumberOfAttempts: 5 }, catch: [{ errors: ['*'], next: 'end' }] },
  end: { type: 'end' },
})

const order = define('order', {
  wait: { type: 'waitForEvent', event: 'paid', correlationKey: '{% "key-" & $input.key %}', next: 'done' },
  done: { type: 'end', output: '{% $steps.wait.output %}' },
})

const courier = define('courier', {
  go: {
    type: 'activity',
    activity: 'A',
    retry: { maxNumberOfAttempts: 9 },
    catch: [{ errors: ['*'], next: 'tell' }],
    next: 'tell',
  },
  tell: {
    type: 'raiseEvent',
    event: 'paid',
    correlationKey: '{% "key-" & $input.key %}',
    data: '{% $input.key %}',
    next: 'twice',
  },
  twice: { type: 'raiseEvent', event: 'go', instanceId: 'other', data: 1 },
})

/** Where events of others go. */
const receiver = define('receiver', {
  wait: { type: 'waitForEvent', event: 'go', timeout: 'PT30S', onTimeout: 'again', next: 'again' },
  again: { type: 'continueAsNew', input: null },
})

export const handMade = { counter, child, family, saga, timers, order, courier, receiver } as const

/** Every definition by name, with what an engine needs of it. */
export class Workload {
  readonly programs = new Map<string, Program>()
  /** For the engines, by name@version. */
  readonly compiled = new Map<string, Promise<Deployment>>()
  readonly stored: StoredDefinition[] = []
  readonly randomNames: string[] = []

  constructor(randomDefinitions: number) {
    for (const definition of Object.values(handMade)) this.add(definition)
    for (let index = 0; this.randomNames.length < randomDefinitions; index += 1) {
      const definition = { ...randomDefinition(`simulated-${index}`), name: `random-${index}` }
      if (checkDefinition(definition).some(({ severity }) => severity === 'error')) continue
      this.add(definition)
      this.randomNames.push(definition.name)
    }
  }

  private add(definition: Definition): void {
    const { name } = definition
    const limits = { maxHistoryEvents: 300, maxInstantSteps: 1_000 }
    const program = compileProgram(definition, { version: 1, hash: name, limits })
    this.programs.set(name, program)
    this.compiled.set(`${name}@1`, Promise.resolve({ program, checkInput: (_: Json) => [] }))
    this.stored.push({
      name,
      version: 1,
      hash: name,
      title: null,
      definitionJson: JSON.stringify(definition),
      layoutJson: null,
      comment: null,
      deployedAt: 0,
    })
  }
}
