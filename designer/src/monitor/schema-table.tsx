import type { JsonSchema } from '@durable-canvas/schema'
import { schemaFields } from './schema-fields.ts'
import styles from './schema-table.module.css'

/** A JSON Schema for people: its fields, what they may be and what is said of them. */
export function SchemaTable({ schema, label }: { readonly schema: JsonSchema; readonly label: string }) {
  return (
    <table className={styles.table} aria-label={label}>
      <tbody>
        {schemaFields(schema).map((field) => (
          <tr key={field.path}>
            <td className={styles.path}>
              {field.path || 'value'}
              {field.isRequired ? null : <span className={styles.optional}> optional</span>}
            </td>
            <td className={styles.type}>{field.type}</td>
            <td className={styles.notes}>{field.notes.join(' · ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
