// An activity is a function with a name, called at least once, with the same idempotency key on every attempt.
import type { Json, JsonSchema } from '@durable-canvas/schema'
import type { Activity, ActivityContext, ActivityOptions } from '../engine-types.ts'

/** The type that a JSON Schema literal describes, as far as types can say it: objects, arrays, scalars, const and enum. */
export type FromSchema<S> = S extends { readonly const: infer C }
  ? C
  : S extends { readonly enum: readonly (infer E)[] }
    ? E
    : S extends { readonly type: 'object'; readonly properties: infer P }
      ? ObjectFrom<P, S extends { readonly required: readonly (infer R)[] } ? R : never>
      : S extends { readonly type: 'array'; readonly items: infer I }
        ? readonly FromSchema<I>[]
        : S extends { readonly type: infer T }
          ? ScalarFrom<T>
          : Json

type ObjectFrom<P, R> = { readonly [K in keyof P as K extends R ? K : never]: FromSchema<P[K]> } & {
  readonly [K in keyof P as K extends R ? never : K]?: FromSchema<P[K]>
}

type ScalarFrom<T> = T extends 'string'
  ? string
  : T extends 'number' | 'integer'
    ? number
    : T extends 'boolean'
      ? boolean
      : T extends 'null'
        ? null
        : T extends 'object'
          ? { readonly [key: string]: Json }
          : T extends 'array'
            ? readonly Json[]
            : Json

type InputOf<I> = I extends JsonSchema ? (undefined extends I ? Json : FromSchema<I>) : Json

/** Names, describes and types an activity. The handler may throw any error: its `name` becomes the failure's type; `nonRetryable`, `retryAfter` (ms) and `details` on it are honoured. */
export function defineActivity<
  const I extends JsonSchema | undefined = undefined,
  const O extends JsonSchema | undefined = undefined,
>(
  options: Omit<ActivityOptions, 'input' | 'output'> & { readonly input?: I; readonly output?: O },
  run: (
    context: ActivityContext<InputOf<I>>,
  ) => O extends JsonSchema ? FromSchema<O> | Promise<FromSchema<O>> : unknown,
): Activity {
  if (!/^[A-Za-z_][A-Za-z0-9_.-]{0,126}$/.test(options.name))
    throw new Error(`"${options.name}" is no name for an activity`)
  if (typeof run !== 'function') throw new Error(`the activity ${options.name} has no function`)
  return { ...(options as ActivityOptions), run: run as Activity['run'] }
}
