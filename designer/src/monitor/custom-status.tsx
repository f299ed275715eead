import type { Json } from '@durable-canvas/schema'
import styles from './custom-status.module.css'
import { shortJson } from './describe-event.ts'

/** 0 … 1, if the status says how far things are: `progress` up to 1 (or 100), `percent` up to 100. */
export function progressOf(status: Json): number | null {
  if (status === null || typeof status !== 'object' || Array.isArray(status)) return null
  const { progress, percent } = status as Record<string, Json>
  const share =
    typeof progress === 'number'
      ? progress > 1
        ? progress / 100
        : progress
      : typeof percent === 'number'
        ? percent / 100
        : null
  return share === null || Number.isNaN(share) ? null : Math.max(0, Math.min(1, share))
}

/** In words: a text as it is, an object as "city Lisbon · celsius 25", without its progress. */
export function statusWords(status: Json): string {
  if (typeof status === 'string') return status
  if (status === null) return ''
  if (typeof status !== 'object' || Array.isArray(status)) return shortJson(status, 120)
  const isProgress = progressOf(status) !== null
  const members = Object.entries(status).filter(([name]) => !isProgress || (name !== 'progress' && name !== 'percent'))
  const [only] = members
  if (members.length === 1 && only && typeof only[1] === 'string') return only[1]
  return members
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : shortJson(value, 40)}`)
    .join(' · ')
}

export function CustomStatus({ status }: { readonly status: Json }) {
  const share = progressOf(status)
  const words = statusWords(status)
  if (share === null && words === '') return null
  return (
    <span className={styles.status} title={typeof status === 'string' ? status : JSON.stringify(status)}>
      {share !== null && (
        <>
          <progress className={styles.bar} value={share} max={1} aria-label="Progress" />
          <span className="dc-number">{Math.round(share * 100)} %</span>
        </>
      )}
      <span className={styles.words}>{words}</span>
    </span>
  )
}
