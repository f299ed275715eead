// An input field by field, as the schema of what is called has it; each a literal or an expression. What the schema
// does not name stays visible, and the whole can be one expression or plain JSON instead.
import { isExpression, type Json } from '@durable-canvas/schema'
import { SegmentedControl } from '@mantine/core'
import { isArray, isObject, type JsonPath, textAt } from '../../drawing/json.ts'
import { useField } from './field-owner.tsx'
import styles from './fields.module.css'
import { JsonField } from './json-field.tsx'
import { ValueField } from './value-field.tsx'

export interface SchemaInputProps {
  readonly path: JsonPath
  readonly schema: Json | undefined
}

export function SchemaInput({ path, schema }: SchemaInputProps) {
  const { value, set } = useField(path)
  const properties = isObject(schema) && isObject(schema.properties) ? schema.properties : {}
  const names = Object.keys(properties)
  const fits = value === undefined || isObject(value)
  if (names.length === 0) return <ValueField path={path} label="Input" />
  const mode = !fits || isExpression(value) ? 'whole' : 'fields'
  return (
    <div className={styles.rows}>
      <SegmentedControl
        size="xs"
        aria-label="How the input is written"
        value={mode}
        data={[
          { value: 'fields', label: 'Field by field' },
          { value: 'whole', label: 'As a whole' },
        ]}
        onChange={(next) => set(next === 'fields' ? (fits ? value : {}) : '{% $input %}')}
      />
      {mode === 'whole' ? (
        <ValueField path={path} label="Input" />
      ) : (
        <Fields path={path} schema={schema} properties={properties} />
      )}
    </div>
  )
}

interface FieldsProps extends SchemaInputProps {
  readonly properties: { readonly [name: string]: Json }
}

function Fields({ path, schema, properties }: FieldsProps) {
  const { value } = useField(path)
  const required = isObject(schema) && isArray(schema.required) ? schema.required : []
  const others = isObject(value) ? Object.keys(value).filter((name) => !(name in properties)) : []
  return (
    <>
      {Object.entries(properties).map(([name, field]) => (
        <ValueField
          key={name}
          path={[...path, name]}
          label={textAt(field, 'title') ?? name}
          description={textAt(field, 'description')}
          isRequired={required.includes(name)}
          placeholder={placeholderOf(field)}
          literals={textAt(field, 'type') === 'string' ? 'text' : 'any'}
          schema={field}
        />
      ))}
      {others.map((name) => (
        <JsonField key={name} path={[...path, name]} label={`${name} (not in the schema)`} />
      ))}
    </>
  )
}

function placeholderOf(schema: Json): string {
  if (!isObject(schema)) return ''
  if (isArray(schema.enum)) return schema.enum.map(String).join(' | ')
  return isArray(schema.type) ? schema.type.join(' or ') : (textAt(schema, 'type') ?? '')
}
