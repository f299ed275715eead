import { type Change, type Definition, describeChange } from '@durable-canvas/schema'
import { useMemo } from 'react'
import type { JsonObject } from '../drawing/json.ts'
import { changesBetween } from '../drawing/version-differences.ts'
import styles from './designer.module.css'

const signs: { readonly [type in Change['type']]: string } = { added: '+', removed: '−', changed: '~' }

export interface ChangeListProps {
  readonly before: JsonObject | Definition
  readonly after: JsonObject | Definition
  /** Said where nothing differs. */
  readonly empty: string
}

export function ChangeList({ before, after, empty }: ChangeListProps) {
  const changes = useMemo(() => changesBetween(before, after), [before, after])
  if (changes.length === 0) return <p className={styles.note}>{empty}</p>
  return (
    <ul className={styles.changes} aria-label="Changes">
      {changes.map((change) => (
        <li key={`${change.type} ${change.pointer} ${change.field ?? ''}`}>
          <span className={styles.sign} data-type={change.type} role="img" aria-label={change.type}>
            {signs[change.type]}
          </span>
          {describeChange(change)}
        </li>
      ))}
    </ul>
  )
}
