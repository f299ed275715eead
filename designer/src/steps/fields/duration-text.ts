// Durations as people type them: "5 s", "1 h 30 m", "2 days", or ISO 8601 as it is stored.
import { formatDuration, parseDuration } from '@durable-canvas/schema'
import { durationText } from '../../ui/duration-text.ts'

const units: { readonly [unit: string]: number } = {
  ms: 1,
  s: 1_000,
  sec: 1_000,
  second: 1_000,
  seconds: 1_000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
  w: 604_800_000,
  week: 604_800_000,
  weeks: 604_800_000,
}

/** ISO 8601, or the text itself where it cannot be read. */
export function readDuration(text: string): string {
  const trimmed = text.trim()
  if (parseDuration(trimmed.toUpperCase()) !== undefined) return trimmed.toUpperCase()
  const parts = [...trimmed.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]+)/gi)]
  const rest = trimmed.replace(/(\d+(?:[.,]\d+)?)\s*([a-z]+)/gi, '').trim()
  if (parts.length === 0 || rest !== '') return text
  let ms = 0
  for (const [, figure = '', unit = ''] of parts) {
    const factor = units[unit.toLowerCase()]
    if (factor === undefined) return text
    ms += Number(figure.replace(',', '.')) * factor
  }
  return formatDuration(Math.round(ms))
}

/** `PT1M30S` → "1 m 30 s"; exact, so that it reads back as the same duration. */
export function showDuration(iso: string): string {
  const ms = parseDuration(iso)
  if (ms === undefined) return iso
  const text = durationText(ms)
  return parseDuration(readDuration(text)) === ms ? text : iso
}
