// There, event names match without regard to case; here they are exact. The name that the instance waits for, or that its
// definition knows, is the one that is meant.
import type { Engine, InstanceView } from '@durable-canvas/interpreter'
import { type Definition, eachStep, walkDefinition } from '@durable-canvas/schema'

export async function meantEventName(engine: Engine, view: InstanceView, name: string): Promise<string> {
  const meant = view.waitingFor.find((one) => one.kind === 'event' && one.name !== undefined && isSame(one.name, name))
  if (meant?.name !== undefined) return meant.name
  const stored = await engine.store.getDefinition(view.definition, view.version)
  if (!stored) return name
  const definition: Definition = JSON.parse(stored.definitionJson)
  return eventNames(definition).find((known) => isSame(known, name)) ?? name
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

function eventNames(definition: Definition): readonly string[] {
  return [...eachStep(walkDefinition(definition))].flatMap(({ step }) =>
    step.type === 'waitForEvent' ? [step.event] : [],
  )
}
