import type { Json } from '@durable-canvas/schema'
import { Button, Textarea } from '@mantine/core'
import { useId, useState } from 'react'
import { isObject, type JsonPath } from '../../drawing/json.ts'
import { schemaOf } from '../../drawing/sample.ts'
import { sealTyping } from '../../store/drawing-store.ts'
import { useField } from './field-owner.tsx'
import styles from './fields.module.css'
import { JsonField } from './json-field.tsx'

export interface SchemaFieldProps {
  readonly path: JsonPath
  readonly label: string
  readonly description?: string
}

/** A JSON Schema; who has data instead of a schema pastes that. */
export function SchemaField({ path, label, description }: SchemaFieldProps) {
  const { set } = useField(path)
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <JsonField
        path={path}
        label={label}
        {...(description && { description })}
        placeholder='{ "type": "object" }'
        aside={
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
          >
            From a sample
          </button>
        }
      />
      <div id={id} hidden={!isOpen}>
        {isOpen && (
          <SampleToSchema
            onTake={(schema) => {
              set(schema)
              sealTyping()
              setOpen(false)
            }}
            onCancel={() => setOpen(false)}
          />
        )}
      </div>
    </>
  )
}

interface SampleToSchemaProps {
  readonly onTake: (schema: Json) => void
  readonly onCancel: () => void
}

function SampleToSchema({ onTake, onCancel }: SampleToSchemaProps) {
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string>()
  const take = () => {
    try {
      const sample: Json = JSON.parse(text)
      const schema = schemaOf(sample)
      onTake(isObject(schema) ? { ...schema, examples: [sample] } : schema)
    } catch (wrong) {
      if (!(wrong instanceof SyntaxError)) throw wrong
      setFault(wrong.message)
    }
  }
  return (
    <div className={styles.row}>
      <Textarea
        label="Sample data"
        description="JSON as it will arrive. It is kept as the example, for forms and previews."
        classNames={{ input: 'dc-mono' }}
        autosize
        autoFocus
        minRows={4}
        maxRows={14}
        spellCheck={false}
        value={text}
        error={fault}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value)
          setFault(undefined)
        }}
      />
      <div className={styles.pair}>
        <Button onClick={take} disabled={text.trim() === ''}>
          Make the schema
        </Button>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
