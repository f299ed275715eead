import { type Change, type Definition, describeChange } from '@durable-canvas/schema'
import { useMemo } from 'react'
import type { JsonObject } from '../drawing/json.ts'
import { changesBetween } from '../drawing/version-differences.ts'
import styles from './designer.module.css'

const signs: { readonly [type in Change['type']]: string } = { added: '+', removed: '−', changed: '~' }

interface Shown {
  /** Said where nothing differs. */
  readonly empty: string
  /** With it every change is a button that leads to its step. */
  readonly onGo?: (change: Change) => void
}

interface OfTwo extends Shown {
  readonly before: JsonObject | Definition
  readonly after: JsonObject | Definition
}

interface OfChanges extends Shown {
  readonly changes: readonly Change[]
}

export function ChangeList(props: OfTwo | OfChanges) {
  return 'changes' in props ? <Changes {...props} /> : <ChangesBetween {...props} />
}

function ChangesBetween({ before, after, ...shown }: OfTwo) {
  return <Changes changes={useMemo(() => changesBetween(before, after), [before, after])} {...shown} />
}

function Changes({ changes, empty, onGo }: OfChanges) {
  if (changes.length === 0) return <p className={styles.note}>{empty}</p>
  return (
    <ul className={styles.changes} aria-label="Changes">
      {changes.map((change) => (
        <li key={`${change.type} ${change.pointer} ${change.field ?? ''}`}>
          <span className={styles.sign} data-type={change.type} role="img" aria-label={change.type}>
            {signs[change.type]}
          </span>
          {onGo ? (
            <button type="button" className={styles.change} onClick={() => onGo(change)}>
              {describeChange(change)}
            </button>
          ) : (
            describeChange(change)
          )}
        </li>
      ))}
    </ul>
  )
}
