// What the expression gives for the chosen data, and what of it is not known there.
import { compileExpression, ExpressionError } from '@durable-canvas/schema'
import { useMemo } from 'react'
import type { Sample } from '../../drawing/names-in-reach.ts'
import styles from './fields.module.css'

export function ExpressionPreview({ source, sample }: { readonly source: string; readonly sample: Sample }) {
  const preview = useMemo(() => previewOf(source, sample), [source, sample])
  if (preview === undefined) return null
  return (
    <div className={styles.preview} data-testid="preview">
      <div className={styles.previewHead}>
        {sample.source === undefined ? 'for sample data' : `in ${sample.source}`}
      </div>
      <code data-failed={preview.isFault}>{preview.text}</code>
      {preview.unknown.map(({ name, reason }) => (
        <div key={name} className={styles.unknown}>
          Unknown: <code>{name}</code>, {reason}.
        </div>
      ))}
    </div>
  )
}

interface Previewed {
  readonly text: string
  readonly isFault: boolean
  readonly unknown: readonly { readonly name: string; readonly reason: string }[]
}

function previewOf(source: string, { input, bindings, unknown, at = 0 }: Sample): Previewed | undefined {
  if (source.trim() === '') return undefined
  const missing: { name: string; reason: string }[] = []
  try {
    const expression = compileExpression(source)
    const names = [...expression.variables].filter((name) => name !== 'steps').map((name) => `$${name}`)
    const steps = [...expression.stepReferences].map((id) => `$steps.${id}`)
    for (const name of [...names, ...steps]) {
      const reason = unknown[name]
      if (reason !== undefined) missing.push({ name, reason })
    }
    const result = expression.evaluate(input, bindings, { millis: at, random: () => 0.5 })
    return { text: result === undefined ? 'nothing (no match)' : textOf(result), isFault: false, unknown: missing }
  } catch (error) {
    if (error instanceof ExpressionError) return { text: error.message, isFault: true, unknown: missing }
    throw error
  }
}

/** On one line while it fits on two. */
function textOf(value: unknown): string {
  const short = JSON.stringify(value)
  return short.length <= 90 ? short : JSON.stringify(value, null, 2)
}
