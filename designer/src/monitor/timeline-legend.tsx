import styles from './timeline.module.css'

const samples = [
  { kind: 'queue', word: 'queued' },
  { kind: 'run', word: 'runs' },
  { kind: 'backoff', word: 'backs off' },
  { kind: 'timer', word: 'timer' },
  { kind: 'event', word: 'waits for an event' },
] as const

export function TimelineLegend() {
  return (
    <ul className={styles.legend} aria-label="Legend">
      {samples.map(({ kind, word }) => (
        <li key={kind}>
          <i
            className={styles.bar}
            data-kind={kind}
            data-outcome="completed"
            data-tone={kind === 'run' ? 'completed' : kind === 'backoff' ? 'retrying' : 'waiting'}
          />
          {word}
        </li>
      ))}
    </ul>
  )
}
