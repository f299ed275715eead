// ISO 8601 durations and instants as milliseconds. The only room that knows the calendar, so that the pure core needs no Date.

const pattern =
  /^P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/
const unitMs = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000]

/** Milliseconds, or undefined if the text is no duration. Weeks, days, hours, minutes, seconds, each with fractions; no years or months, whose length varies. */
export function parseDuration(text: string): number | undefined {
  const match = pattern.exec(text)
  if (!match) return undefined
  let ms = 0
  let parts = 0
  for (const [index, unit] of unitMs.entries()) {
    const part = match[index + 1]
    if (part === undefined) continue
    parts += 1
    ms += Number(part) * unit
  }
  if (parts === 0 || text.endsWith('T')) return undefined
  return Math.round(ms)
}

/** The shortest ISO 8601 duration: 90000 → PT1M30S. */
export function formatDuration(ms: number): string {
  if (ms <= 0) return 'PT0S'
  const days = Math.floor(ms / 86_400_000)
  const hours = Math.floor((ms % 86_400_000) / 3_600_000)
  const minutes = Math.floor((ms % 3_600_000) / 60_000)
  const seconds = (ms % 60_000) / 1_000
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
}

const instantPattern = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

/** Milliseconds since 1970, or undefined if the text is no ISO 8601 instant. Without an offset it is UTC. */
export function parseInstant(text: string): number | undefined {
  if (!instantPattern.test(text)) return undefined
  const ms = Date.parse(/T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) || !text.includes('T') ? text : `${text}Z`)
  return Number.isNaN(ms) ? undefined : ms
}

let lastMs = -1
let lastText = ''

/** ISO 8601, UTC, milliseconds. All events of a turn share one time, so the last answer is kept. */
export function formatInstant(ms: number): string {
  if (ms !== lastMs) {
    lastText = new Date(ms).toISOString()
    lastMs = ms
  }
  return lastText
}
