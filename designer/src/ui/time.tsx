import { Tooltip } from '@mantine/core'
import { clockText, durationText, minuteText, relativeText, tickingText } from './duration-text.ts'
import { useNow } from './now.ts'

/** "3 m ago"; the exact time on hover. */
export function RelativeTime({ at }: { readonly at: string }) {
  const ms = Date.parse(at)
  const now = useNow(Math.abs(Date.now() - ms) < 120_000 ? 1_000 : 30_000)
  return (
    <Tooltip label={at}>
      <time dateTime={at} className="dc-number">
        {relativeText(ms, now)}
      </time>
    </Tooltip>
  )
}

/** The clock time in the viewer's zone; ISO on hover. */
export function ClockTime({ at, isToTheMinute = false }: { readonly at: string; readonly isToTheMinute?: boolean }) {
  const text = isToTheMinute ? minuteText : clockText
  return (
    <Tooltip label={at}>
      <time dateTime={at} className="dc-number">
        {text(Date.parse(at), Date.now())}
      </time>
    </Tooltip>
  )
}

/** From one time to another, or ticking until now. */
export function Duration({ from, to }: { readonly from: string; readonly to?: string | null }) {
  const now = useNow(to ? null : 1_000)
  const text = to ? durationText(Date.parse(to) - Date.parse(from)) : tickingText(now - Date.parse(from))
  return (
    <Tooltip label={to ? `${from} – ${to}` : `Since ${from}`}>
      <span className="dc-number">{text}</span>
    </Tooltip>
  )
}
