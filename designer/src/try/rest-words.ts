import { waitingFor } from '@durable-canvas/interpreter/core'
import type { Definition, Json } from '@durable-canvas/schema'
import { sampleOf } from '../drawing/sample.ts'
import { indexSteps } from '../monitor/definition-steps.ts'
import { staticPathOf } from '../monitor/paths.ts'
import type { Rest, TryRun } from '../store/try-run.ts'

export type TitleOf = (step: string) => string

export function titlesOf(definition: Definition): TitleOf {
  const steps = indexSteps(definition)
  return (step) => steps.get(step)?.title || step
}

/** Why the run stands still. */
export function restWords(rest: Rest, titleOf: TitleOf): string {
  switch (rest.kind) {
    case 'begun':
      return 'Started.'
    case 'stepped':
      return 'Stepped.'
    case 'paused':
      return 'Paused.'
    case 'breakpoint':
      return `Stopped at ${titleOf(rest.step)}.`
    case 'waiting':
      return 'Nothing more comes by itself.'
    case 'timeout':
      return `Nothing comes before the wait for ${rest.event} runs out of time: raise it, or continue without.`
    case 'endless':
      return `Paused after ${rest.happenings} happenings; it may never end by itself.`
  }
}

export interface AwaitedEvent {
  readonly name: string
  /** What its schema would allow, if it has one. */
  readonly sample: Json
}

/** Events that something waits for, each name once. */
export function awaitedEvents({ simulation }: TryRun): readonly AwaitedEvent[] {
  const found = new Map<string, AwaitedEvent>()
  for (const { kind, name, step } of waitingFor(simulation.state)) {
    if (kind !== 'event' || name === undefined || found.has(name)) continue
    const definition = simulation.program.steps.get(staticPathOf(step))?.definition
    const schema = definition?.type === 'waitForEvent' ? definition.schema : undefined
    found.set(name, { name, sample: schema === undefined ? null : sampleOf(schema as Json) })
  }
  return [...found.values()]
}
