// Small definitions for the tests.
import type { Definition } from '@durable-canvas/schema'

const activity = (name: string): Definition['steps'] => ({
  work: { type: 'activity', activity: name, input: '{% $input %}' },
})

export const echoing: Definition = {
  dsl: '1',
  name: 'echoing',
  title: 'Echoing',
  start: 'work',
  steps: activity('echo'),
}

export const picky: Definition = {
  ...echoing,
  name: 'picky',
  input: { type: 'object', required: ['amount'], properties: { amount: { type: 'number', minimum: 1 } } },
}

export const failing: Definition = { dsl: '1', name: 'failing', start: 'work', steps: activity('failing') }

export const gated: Definition = { dsl: '1', name: 'gated', start: 'work', steps: activity('gated') }

/** Waits for the event `go` and gives its data. */
export const waiting: Definition = {
  dsl: '1',
  name: 'waiting',
  start: 'wait',
  steps: { wait: { type: 'waitForEvent', event: 'go' } },
}

/** Each `next` begins a new execution; `stop` ends it. */
export const eternal: Definition = {
  dsl: '1',
  name: 'eternal',
  start: 'wait',
  steps: {
    wait: { type: 'waitForEvent', event: 'next', next: 'more' },
    more: {
      type: 'choice',
      choices: [{ when: '{% $steps.wait.output = "stop" %}', next: 'done' }],
      otherwise: 'again',
    },
    done: { type: 'end', output: '{% $input %}' },
    again: { type: 'continueAsNew', input: '{% $input + 1 %}' },
  },
}

export const broken = {
  dsl: '1',
  name: 'broken',
  start: 'nowhere',
  steps: { work: { type: 'activity', activity: 'echo' } },
}
