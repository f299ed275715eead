import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { objectShapes } from './object-shapes.ts'
import { isStepType, stepKinds, stepTypes, takesField } from './step-kinds.ts'

interface ObjectSchema {
  readonly title?: string
  readonly properties?: { readonly [name: string]: unknown }
}

const schema: ObjectSchema & { readonly $defs: { readonly [name: string]: ObjectSchema } } = JSON.parse(
  readFileSync(new URL('../definition.schema.json', import.meta.url), 'utf8'),
)

function* objectsIn(value: unknown): Generator<ObjectSchema> {
  if (typeof value !== 'object' || value === null) return
  if ('properties' in value && 'additionalProperties' in value) yield value as ObjectSchema
  for (const item of Object.values(value)) yield* objectsIn(item)
}

const propertiesOf = (found: ObjectSchema) => Object.keys(found.properties ?? {}).sort()

describe('the tables of step types and objects', () => {
  it.each(stepTypes)('%s has the fields that the schema gives it', (type) => {
    expect([...stepKinds[type].fields].sort()).toEqual(propertiesOf(schema.$defs[`${type}Step`] ?? {}))
  })

  it('know every step type of the schema', () => {
    const types = Object.keys(schema.$defs).flatMap((name) => (/^(\w+)Step$/.exec(name) ?? []).slice(1))
    expect([...stepTypes].sort()).toEqual(types.sort())
  })

  it('know every other object of the schema', () => {
    const others = [...objectsIn(schema)].filter(({ title = '' }) => !title.endsWith('Step'))
    const untitled = new Map([['atLeast', 'Completion']])
    for (const found of others) {
      const title = found.title ?? untitled.get(propertiesOf(found).join()) ?? ''
      expect([title, [...(objectShapes[title] ?? [])].sort()]).toEqual([title, propertiesOf(found)])
    }
    expect(others.length).toBe(Object.keys(objectShapes).length)
  })

  it('answer questions', () => {
    expect(isStepType('timer')).toBe(true)
    expect(isStepType('constructor')).toBe(false)
    expect(isStepType(undefined)).toBe(false)
    expect(takesField('choice', 'next')).toBe(false)
    expect(takesField('activity', 'retry')).toBe(true)
  })
})
