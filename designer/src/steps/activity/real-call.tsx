import type { Json } from '@durable-canvas/schema'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { messageOf } from '../../api/api-problem.ts'
import { runActivity, type TriedActivity } from '../../api/definitions.ts'
import styles from './try-step.module.css'

interface RealCallProps {
  readonly name: string
  readonly isKnown: boolean
  /** Undefined: there is none that could be sent. */
  readonly input: Json | undefined
  readonly onAnswer: (answer: TriedActivity | undefined) => void
}

export function RealCall({ name, isKnown, input, onAnswer }: RealCallProps) {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const call = async () => {
    setBusy(true)
    setError(undefined)
    onAnswer(undefined)
    try {
      onAnswer(await runActivity(name, input ?? null))
    } catch (thrown) {
      setError(messageOf(thrown))
    } finally {
      setBusy(false)
    }
  }
  if (!isKnown) return null
  return (
    <div className={styles.real}>
      <p className={styles.note}>
        <strong>The real thing:</strong> {name} runs on the server with this input, and does what it does: it may
        charge, send or store. Nothing is recorded, nothing is retried.
      </p>
      <Button
        size="compact-xs"
        variant="default"
        color="red"
        loading={isBusy}
        disabled={input === undefined}
        onClick={() => void call()}
      >
        Really call {name}
      </Button>
      {error !== undefined && (
        <p className={styles.fault} role="alert">
          It was not called: {error}
        </p>
      )}
    </div>
  )
}
