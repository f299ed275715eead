import type { Json, Problem } from '@durable-canvas/schema'
import type { Activity, ActivityOptions } from '../engine-types.ts'
import { compileSchema, type SchemaCheck } from '../schema-compiler.ts'

export interface RegisteredActivity {
  readonly activity: Activity
  readonly checkInput: SchemaCheck
  readonly checkOutput: SchemaCheck
}

const everything = (_value: Json): readonly Problem[] => []

/** The activities of one engine by name, their schemas compiled once. */
export class ActivityRegistry {
  private readonly byName = new Map<string, RegisteredActivity>()

  /** Throws on a second activity of the same name, or a schema that is none. */
  constructor(activities: readonly Activity[]) {
    for (const activity of activities) {
      if (this.byName.has(activity.name)) throw new Error(`there are two activities named ${activity.name}`)
      this.byName.set(activity.name, {
        activity,
        checkInput: checkOf(activity, 'input'),
        checkOutput: checkOf(activity, 'output'),
      })
    }
  }

  get(name: string): RegisteredActivity | undefined {
    return this.byName.get(name)
  }

  names(): string[] {
    return [...this.byName.keys()]
  }

  list(): ActivityOptions[] {
    return [...this.byName.values()].map(({ activity: { run: _, ...options } }) => options)
  }
}

function checkOf(activity: Activity, side: 'input' | 'output'): SchemaCheck {
  const schema = activity[side]
  if (schema === undefined) return everything
  try {
    return compileSchema(schema)
  } catch (error) {
    throw new Error(`the ${side} schema of ${activity.name} is none: ${error instanceof Error ? error.message : error}`)
  }
}
