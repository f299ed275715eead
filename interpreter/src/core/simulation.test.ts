import type { Json, Step } from '@durable-canvas/schema'
import { expect, test } from 'vitest'
import { compileProgram } from './program.ts'
import { type FakeCall, type Fakes, Simulation } from './simulation.ts'

const programOf = (steps: Readonly<Record<string, Step>>) =>
  compileProgram({ dsl: '1', name: 'tried', start: Object.keys(steps)[0] ?? '', steps })

const work: Step = { type: 'activity', activity: 'Work', input: '{% $input %}' }

test('answers come after their delays, and the clock goes with them', () => {
  const simulation = new Simulation(programOf({ work }), () => ({ result: 7, delay: 1_500 }), 10_000)
  simulation.start(null)
  expect(simulation.upcoming()?.at).toBe(11_500)
  expect(simulation.run()).toMatchObject({ status: 'Completed', output: 7 })
  expect(simulation.now).toBe(11_500)
})

test('every call knows how many of its step came before it, over visits and attempts', () => {
  const calls: FakeCall[] = []
  const fakes: Fakes = (call) => {
    calls.push(call)
    return call.attempt === 1 ? { failure: { type: 'Error', message: '' } } : { result: null }
  }
  const retry = { maxNumberOfAttempts: 2 }
  const each: Step = {
    type: 'forEach',
    items: '{% [1, 2] %}',
    maxConcurrency: 1,
    body: { start: 'work', steps: { work: { ...work, retry } } },
  }
  new Simulation(programOf({ each }), fakes).start(null)
  const simulation = new Simulation(programOf({ each }), fakes)
  calls.length = 0
  simulation.start(null)
  simulation.run()
  expect(calls.map(({ step, attempt, earlier }) => [step, attempt, earlier])).toEqual([
    ['each[0]/work', 1, 0],
    ['each[0]/work', 2, 1],
    ['each[1]/work', 1, 2],
    ['each[1]/work', 2, 3],
  ])
})

test('a call that undoes a step says which, and is counted by itself', () => {
  const calls: FakeCall[] = []
  const simulation = new Simulation(
    programOf({
      book: { ...work, compensate: { activity: 'Cancel' }, next: 'undo' },
      undo: { type: 'compensate' },
    }),
    (call) => {
      calls.push(call)
      return { result: null }
    },
  )
  simulation.start(null)
  simulation.run()
  expect(calls.map(({ name, step, compensates, earlier }) => [name, step, compensates, earlier])).toEqual([
    ['Work', 'book', undefined, 0],
    ['Cancel', 'undo', 'book', 0],
  ])
})

test('what is posted for later comes when its time comes, behind what else is due then', () => {
  const simulation = new Simulation(
    programOf({
      wait: { type: 'waitForEvent', event: 'go', timeout: 'PT5S', onTimeout: 'late' },
      late: { type: 'end', output: 'late' },
    }),
    () => null,
  )
  simulation.start(null)
  simulation.post(5_000, { type: 'event', name: 'go', data: 'in time' })
  simulation.run()
  expect(simulation.state.output).toBe('late')

  const earlier = new Simulation(simulation.program, () => null)
  earlier.start(null)
  earlier.post(4_999, { type: 'event', name: 'go', data: 'in time' })
  earlier.run()
  expect([earlier.state.output, earlier.now]).toEqual(['in time', 4_999])
})

test('what waits for its answer can be asked again after the fakes have changed', () => {
  let result: Json = 'first'
  const simulation = new Simulation(programOf({ work }), () => ({ result, delay: 10 }))
  simulation.start(null)
  expect(simulation.pending()).toMatchObject([{ call: { step: 'work' }, answer: { result: 'first' } }])
  result = 'second'
  simulation.askAgain()
  simulation.run()
  expect(simulation.state.output).toBe('second')
  expect(simulation.pending()).toEqual([])
})

test('without an answer only the outside ends the wait', () => {
  const simulation = new Simulation(programOf({ work }), () => null)
  simulation.start(null)
  expect(simulation.upcoming()).toBeNull()
  expect(simulation.step()).toBeNull()
  simulation.send({ type: 'activityCompleted', task: 2, result: 'by hand' })
  expect(simulation.state.output).toBe('by hand')
})

test('children are answered by the fakes, detached ones need none', () => {
  const asked: string[] = []
  const simulation = new Simulation(
    programOf({
      away: { type: 'subOrchestration', definition: 'other', mode: 'detach', next: 'here' },
      here: { type: 'subOrchestration', definition: 'other', next: 'bad' },
      bad: { type: 'subOrchestration', definition: 'worse' },
    }),
    ({ step, name, kind }) => {
      asked.push(`${kind} ${step}`)
      return name === 'worse' ? { failure: { type: 'Worse', message: 'no' } } : { result: 1 }
    },
  )
  simulation.start(null)
  simulation.run()
  expect(asked).toEqual(['subOrchestration here', 'subOrchestration bad'])
  expect(simulation.state).toMatchObject({ status: 'Failed', failure: { type: 'Worse' } })
})

test('it goes on as new with what is carried over, and gives up where that never ends', () => {
  const counted = new Simulation(
    programOf({
      more: { type: 'choice', choices: [{ when: '{% $input < 3 %}', next: 'again' }], otherwise: 'done' },
      again: { type: 'continueAsNew', input: '{% $input + 1 %}' },
      done: { type: 'end', output: '{% $input %}' },
    }),
    () => null,
  )
  const events = counted.start(0)
  expect(counted.state).toMatchObject({ status: 'Completed', output: 3 })
  expect(events.filter(({ type }) => type === 'ExecutionStarted')).toHaveLength(4)
  expect(counted.history.at(0)).toMatchObject({ type: 'ExecutionStarted', input: 3 })

  const endless = new Simulation(programOf({ again: { type: 'continueAsNew', input: null } }), () => null)
  expect(() => endless.start(null)).toThrow('went on as new')
})

test('nothing is upcoming for one that is suspended', () => {
  const simulation = new Simulation(programOf({ work }), () => ({ result: 1 }))
  simulation.start(null)
  simulation.send({ type: 'suspend' })
  expect(simulation.upcoming()).toBeNull()
  simulation.send({ type: 'resume' })
  expect(simulation.run(1).status).toBe('Completed')
})
