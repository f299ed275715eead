// Steps of a definition by static path, for titles and limits beside what history tells.
import type { Definition, RetryPolicy, Step, Steps } from '@durable-canvas/schema'

export type StepIndex = ReadonlyMap<string, Step>

export function indexSteps(definition: Definition): StepIndex {
  const index = new Map<string, Step>()
  const walk = (steps: Steps, prefix: string) => {
    for (const [id, step] of Object.entries(steps)) {
      const path = `${prefix}${id}`
      index.set(path, step)
      if (step.type === 'parallel')
        for (const [branch, body] of Object.entries(step.branches)) walk(body.steps, `${path}[${branch}]/`)
      if (step.type === 'forEach' || step.type === 'scope') walk(step.body.steps, `${path}/`)
    }
  }
  walk(definition.steps, '')
  return index
}

export function maxAttemptsOf(step: Step | undefined): number | undefined {
  const retry: RetryPolicy | undefined = step && 'retry' in step ? step.retry : undefined
  return retry?.maxNumberOfAttempts
}
