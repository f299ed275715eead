// ISO 8601 durations and instants as milliseconds. The only room that knows the calendar, so that the pure core needs no Date.

const pattern =
  /^P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/
const unitMs = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000]
/** A thousand years: longer ones would lead out of the calendar. */
const longestMs = 365_250 * 86_400_000

/** Milliseconds, or undefined if the text is no duration. Weeks, days, hours, minutes, seconds, each with fractions, up to a thousand years; no years or months, whose length varies. */
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
  return ms > longestMs ? undefined : Math.round(ms)
}

/** The shortest ISO 8601 duration: 90000 → PT1M30S. */
export function formatDuration(exact: number): string {
  const ms = Math.round(exact)
  if (!(ms > 0)) return 'PT0S'
  const days = Math.floor(ms / 86_400_000)
  const hours = Math.floor((ms % 86_400_000) / 3_600_000)
  const minutes = Math.floor((ms % 3_600_000) / 60_000)
  const seconds = (ms % 60_000) / 1_000
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
}

const instantPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?:Z|([+-]\d{2}):?(\d{2}))?)?$/

/** Milliseconds since 1970, or undefined if the text is no ISO 8601 instant. Without an offset it is UTC. */
export function parseInstant(text: string): number | undefined {
  const match = instantPattern.exec(text)
  if (!match) return undefined
  const [, year = '', month = '', day = '', time = '00:00', hours, minutes] = match
  // Date.parse lets the 30th of February pass as the 1st of March.
  if (Number(day) > daysIn(Number(year), Number(month))) return undefined
  const offset = hours === undefined ? 'Z' : `${hours}:${minutes}`
  const ms = Date.parse(`${year}-${month}-${day}T${time}${offset}`)
  return Number.isNaN(ms) ? undefined : ms
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
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
