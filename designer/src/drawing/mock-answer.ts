// What a step answers in a simulated run: what its author typed in, else what its schema would allow.
import { type Json, parseDuration } from '@durable-canvas/schema'
import type { Mock } from './drawing.ts'
import { sampleOf } from './sample.ts'

export type MockAnswer = { readonly delay: number } & (
  | { readonly result: Json }
  | { readonly failure: { readonly type: string; readonly message: string } }
)

const usualMs = 100

export function mockAnswer(mock: Mock | undefined, attempt: number, outputSchema: Json | undefined): MockAnswer {
  const delay = (mock?.delay === undefined ? undefined : parseDuration(mock.delay)) ?? usualMs
  const failing = mock?.error !== undefined && (mock.failures === undefined || attempt <= mock.failures)
  if (failing && mock?.error) {
    return { delay, failure: { type: mock.error.type, message: mock.error.message ?? 'a made-up failure' } }
  }
  return { delay, result: mock?.result ?? sampleOf(outputSchema) }
}
