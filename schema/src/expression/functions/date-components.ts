// The numbers that a date consists of, by the letters that date pictures use for them. All in UTC: an offset has been
// added to the date before.

export const monthNames = 'January February March April May June July August September October November December'.split(
  ' ',
)
export const dayNames = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')

const day = 86_400_000

export function componentOf(date: Date, component: string): number {
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth()
  const today = Date.UTC(year, month, date.getUTCDate())
  switch (component) {
    case 'Y':
      return year
    case 'M':
      return month + 1
    case 'D':
      return date.getUTCDate()
    case 'd':
      return (today - Date.UTC(year, 0)) / day + 1
    case 'F':
      return weekday(today)
    case 'W':
      return week(today, firstWeek(year - 1, 0), firstWeek(year, 0), firstWeek(year + 1, 0))
    case 'w':
      return week(today, firstWeek(year, month - 1), firstWeek(year, month), firstWeek(year, month + 1))
    case 'X':
      return year + shift(today, firstWeek(year, 0), firstWeek(year + 1, 0))
    case 'x':
      return ((month + shift(today, firstWeek(year, month), firstWeek(year, month + 1)) + 12) % 12) + 1
    case 'H':
      return date.getUTCHours()
    case 'h':
      return date.getUTCHours() % 12 || 12
    case 'P':
      return date.getUTCHours() >= 12 ? 1 : 0
    case 'm':
      return date.getUTCMinutes()
    case 's':
      return date.getUTCSeconds()
    case 'f':
      return date.getUTCMilliseconds()
    default:
      return 0
  }
}

/** Monday is 1, Sunday 7. */
function weekday(millis: number): number {
  return new Date(millis).getUTCDay() || 7
}

/** The Monday of the week that has the first Thursday of the year or month, as ISO 8601 counts weeks. */
function firstWeek(year: number, month: number): number {
  const first = Date.UTC(year, month)
  const dayOfFirst = weekday(first)
  return first + (dayOfFirst > 4 ? 8 - dayOfFirst : 1 - dayOfFirst) * day
}

function week(today: number, previous: number, current: number, next: number): number {
  if (today >= next) return 1
  return Math.floor((today - (today < current ? previous : current)) / (7 * day)) + 1
}

/** Whether the week belongs to the year or month before, this one, or the one after. */
function shift(today: number, current: number, next: number): -1 | 0 | 1 {
  if (today < current) return -1
  return today >= next ? 1 : 0
}
