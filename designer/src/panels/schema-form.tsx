// A form out of a JSON Schema, for the schemas that people write for inputs: objects, arrays, enums and plain values.
// What it has no field for is edited as JSON.

import type { Json } from '@durable-canvas/schema'
import { ActionIcon, Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { fromEntries, isArray, isObject, textAt } from '../drawing/json.ts'
import { sampleOf } from '../drawing/sample.ts'
import styles from './designer.module.css'

export interface SchemaFormProps {
  readonly schema: Json | undefined
  readonly value: Json | undefined
  readonly onChange: (value: Json) => void
  /** By JSON Pointer. */
  readonly faults: ReadonlyMap<string, string>
  readonly pointer?: string
}

export function SchemaForm({ schema, value, onChange, faults, pointer = '' }: SchemaFormProps) {
  const properties = isObject(schema) && isObject(schema.properties) ? schema.properties : {}
  const required = isObject(schema) && isArray(schema.required) ? schema.required : []
  const object = isObject(value) ? value : {}
  return (
    <div className={styles.sheet} style={{ gap: 10 }}>
      {Object.entries(properties).map(([name, field]) => (
        <SchemaFormField
          key={name}
          name={name}
          schema={field}
          isRequired={required.includes(name)}
          value={object[name]}
          faults={faults}
          pointer={`${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`}
          onChange={(next) => onChange(withKey(object, name, next))}
        />
      ))}
    </div>
  )
}

function withKey(object: { readonly [key: string]: Json }, name: string, value: Json | undefined): Json {
  const rest = Object.entries(object).filter(([key]) => key !== name)
  if (value === undefined) return fromEntries(rest)
  return name in object
    ? fromEntries(Object.entries(object).map(([key, old]) => [key, key === name ? value : old]))
    : fromEntries([...rest, [name, value]])
}

interface FieldProps {
  readonly name: string
  readonly schema: Json
  readonly isRequired: boolean
  readonly value: Json | undefined
  readonly onChange: (value: Json | undefined) => void
  readonly faults: ReadonlyMap<string, string>
  readonly pointer: string
}

function SchemaFormField({ name, schema, isRequired, value, onChange, faults, pointer }: FieldProps) {
  const label = textAt(schema, 'title') ?? name
  const common = {
    label,
    description: textAt(schema, 'description'),
    error: faults.get(pointer),
    withAsterisk: isRequired,
    'data-testid': `input:${pointer}`,
  }
  const options = isObject(schema) && isArray(schema.enum) ? schema.enum : undefined
  if (options) {
    const words = options.map((option) => (typeof option === 'string' ? option : JSON.stringify(option)))
    const at = options.findIndex((option) => JSON.stringify(option) === JSON.stringify(value))
    return (
      <Select
        {...common}
        data={words}
        value={words[at] ?? null}
        clearable={!isRequired}
        onChange={(word) => onChange(word === null ? undefined : options[words.indexOf(word)])}
      />
    )
  }
  switch (typeOf(schema)) {
    case 'string':
      return (
        <TextInput
          {...common}
          value={typeof value === 'string' ? value : ''}
          onChange={({ currentTarget }) =>
            onChange(currentTarget.value === '' && !isRequired ? undefined : currentTarget.value)
          }
        />
      )
    case 'integer':
    case 'number':
      return (
        <NumberInput
          {...common}
          allowDecimal={typeOf(schema) === 'number'}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
        />
      )
    case 'boolean':
      return (
        <Checkbox
          {...common}
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      )
    case 'object':
      if (isObject(schema) && isObject(schema.properties)) {
        return (
          <fieldset className={styles.nested}>
            <legend>{label}</legend>
            <SchemaForm schema={schema} value={value} onChange={onChange} faults={faults} pointer={pointer} />
          </fieldset>
        )
      }
      break
    case 'array':
      if (isObject(schema) && isObject(schema.items)) {
        return (
          <ArrayField
            label={label}
            schema={schema.items}
            value={value}
            onChange={onChange}
            faults={faults}
            pointer={pointer}
          />
        )
      }
      break
  }
  return <JsonInput {...common} value={value} onChange={onChange} />
}

function typeOf(schema: Json): string {
  if (!isObject(schema)) return 'json'
  if (isArray(schema.type)) {
    const [only, ...others] = schema.type.filter((type) => type !== 'null')
    return others.length === 0 ? String(only) : 'json'
  }
  return typeof schema.type === 'string' ? schema.type : isObject(schema.properties) ? 'object' : 'json'
}

function ArrayField({
  label,
  schema,
  value,
  onChange,
  faults,
  pointer,
}: Omit<FieldProps, 'name' | 'isRequired'> & { readonly label: string }) {
  const items = isArray(value) ? value : []
  const singular = textAt(schema, 'title') ?? 'item'
  return (
    <fieldset className={styles.nested} data-testid={`input:${pointer}`}>
      <legend>{label}</legend>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place in the list
        <div className={styles.item} key={index}>
          <SchemaFormField
            name={`${singular} ${index + 1}`}
            schema={isObject(schema) ? { ...schema, title: `${singular} ${index + 1}` } : schema}
            isRequired
            value={item}
            faults={faults}
            pointer={`${pointer}/${index}`}
            onChange={(next) => onChange(items.map((old, at) => (at === index ? (next ?? null) : old)))}
          />
          <ActionIcon
            aria-label={`Remove ${singular} ${index + 1}`}
            onClick={() => onChange(items.filter((_, at) => at !== index))}
          >
            <IconTrash size={15} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      {faults.get(pointer) && <div style={{ color: 'var(--dc-danger)', fontSize: 11 }}>{faults.get(pointer)}</div>}
      <Button
        variant="default"
        size="compact-xs"
        leftSection={<IconPlus size={13} />}
        onClick={() => onChange([...items, sampleOf(schema)])}
      >
        Add {/^[aeiou]/i.test(singular) ? 'an' : 'a'} {singular.toLowerCase()}
      </Button>
    </fieldset>
  )
}

interface JsonInputProps {
  readonly label: string
  readonly description: string | undefined
  readonly error: string | undefined
  readonly withAsterisk: boolean
  readonly value: Json | undefined
  readonly onChange: (value: Json | undefined) => void
}

function JsonInput({ value, onChange, error, ...common }: JsonInputProps) {
  const [text, setText] = useState<string>()
  const [fault, setFault] = useState<string>()
  return (
    <Textarea
      {...common}
      error={fault ?? error}
      classNames={{ input: 'dc-mono' }}
      autosize
      minRows={2}
      value={text ?? (value === undefined ? '' : JSON.stringify(value, null, 2))}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        try {
          onChange(currentTarget.value.trim() === '' ? undefined : (JSON.parse(currentTarget.value) as Json))
          setFault(undefined)
        } catch (wrong) {
          setFault(wrong instanceof Error ? wrong.message : String(wrong))
        }
      }}
    />
  )
}
