import type { Mock, MockAnswer } from '@durable-canvas/interpreter/core'
import type { Json } from '@durable-canvas/schema'
import { durationWords, joined } from '../steps/words.ts'

const brief = (value: Json, most = 48): string => {
  const text = JSON.stringify(value)
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

/** One line for what a step answers. */
export function mockWords(mock: Mock | undefined, usual: Json): string {
  if (mock === undefined) return `${brief(usual)}, from its schema`
  const { sequence } = mock
  if (sequence && sequence.length > 0)
    return sequence.map((answer, index) => `${index + 1}. ${answerWords(answer, usual, 24)}`).join('  ')
  return answerWords(mock, usual)
}

export function answerWords(answer: MockAnswer, usual: Json, most = 48): string {
  if (answer.silent === true) return 'never answers'
  const takes = answer.delay === undefined ? '' : `after ${durationWords(answer.delay)}`
  if (answer.error) return joined(`fails with ${answer.error.type}`, takes)
  return joined(brief(answer.result === undefined ? usual : answer.result, most), takes)
}
