import type { Json } from '@durable-canvas/schema'
import { Button, Modal, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { isObject, type JsonPath } from '../../drawing/json.ts'
import { schemaOf } from '../../drawing/sample.ts'
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
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string>()
  const take = () => {
    try {
      const sample: Json = JSON.parse(text)
      const schema = schemaOf(sample)
      set(isObject(schema) ? { ...schema, examples: [sample] } : schema)
      setOpen(false)
    } catch (wrong) {
      setFault(wrong instanceof Error ? wrong.message : String(wrong))
    }
  }
  return (
    <>
      <JsonField
        path={path}
        label={label}
        {...(description && { description })}
        placeholder='{ "type": "object" }'
        aside={
          <button type="button" className={styles.toggle} onClick={() => setOpen(true)}>
            From a sample
          </button>
        }
      />
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={`${label} from a sample`}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack>
          <Textarea
            label="Sample data"
            description="JSON as it will arrive. Every field becomes a required one; the sample itself is kept as the example."
            classNames={{ input: 'dc-mono' }}
            autosize
            minRows={6}
            maxRows={16}
            data-autofocus
            value={text}
            error={fault}
            onChange={({ currentTarget }) => {
              setText(currentTarget.value)
              setFault(undefined)
            }}
          />
          <Button onClick={take} disabled={text.trim() === ''}>
            Make the schema
          </Button>
        </Stack>
      </Modal>
    </>
  )
}
