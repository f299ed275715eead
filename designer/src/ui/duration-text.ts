const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** `84 ms`, `8.4 s`, `1 m 12 s`, `3 h 5 m`, `2 d 4 h`: two units at most. */
export function durationText(ms: number): string {
  const total = Math.max(0, ms)
  if (total < second) return `${Math.round(total)} ms`
  if (total < 10 * second) return `${Math.floor(total / 100) / 10} s`
  if (total < minute) return `${Math.floor(total / second)} s`
  if (total < hour) return two(total, minute, 'm', second, 's')
  if (total < day) return two(total, hour, 'h', minute, 'm')
  return two(total, day, 'd', hour, 'h')
}

/** `1 hour 30 minutes`, `0.2 seconds`: all of it, in words. */
export function longDurationText(ms: number): string {
  const parts: string[] = []
  let rest = ms
  for (const [unit, name] of [
    [7 * day, 'week'],
    [day, 'day'],
    [hour, 'hour'],
    [minute, 'minute'],
  ] as const) {
    const count = Math.floor(rest / unit)
    rest -= count * unit
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`)
  }
  const seconds = rest / second
  if (seconds > 0 || parts.length === 0) parts.push(`${seconds} second${seconds === 1 ? '' : 's'}`)
  return parts.join(' ')
}

/** Whole seconds, for what ticks: no tenths that flicker. */
export const tickingText = (ms: number): string =>
  durationText(ms < minute ? Math.floor(Math.max(0, ms) / second) * second : ms).replace('0 ms', '0 s')

function two(ms: number, big: number, bigName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % big) / small)
  return `${Math.floor(ms / big)} ${bigName}${rest ? ` ${rest} ${smallName}` : ''}`
}

/** "in 8 s", "just now", "3 m ago". */
export function relativeText(at: number, now: number): string {
  const gap = now - at
  if (gap < -1_000) return `in ${tickingText(-gap)}`
  if (gap < 1_000) return 'just now'
  return `${coarse(gap)} ago`
}

const coarse = (ms: number): string =>
  durationText(
    Math.floor(ms / (ms < minute ? second : ms < hour ? minute : ms < day ? hour : day)) *
      (ms < minute ? second : ms < hour ? minute : ms < day ? hour : day),
  )

const timeFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const dayFormat = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

const isSameDay = (a: number, b: number) => new Date(a).toDateString() === new Date(b).toDateString()

/** In the viewer's zone; the day only when it is another one. */
export const clockText = (at: number, now: number): string => (isSameDay(at, now) ? timeFormat : dayFormat).format(at)

const minuteFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const dayMinuteFormat = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** The same without its seconds, where they say nothing. */
export const minuteText = (at: number, now: number): string =>
  (isSameDay(at, now) ? minuteFormat : dayMinuteFormat).format(at)

const exactFormat = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

/** The clock time to the millisecond, in the viewer's zone. */
export const exactText = (at: number): string => exactFormat.format(at)
