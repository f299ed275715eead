// Time → place. Long stretches in which nothing happens are folded to a narrow strip, so that three days of waiting for a
// person do not press ten seconds of work into a pixel. Places run from 0 to 1 over the whole; the window that is looked at
// is kept in times, so that it stays where it is while the present moves on.
import { type ScaleLinear, scaleLinear } from 'd3-scale'
import type { Instant } from './visit.ts'

export interface Piece {
  readonly from: Instant
  readonly to: Instant
  readonly isFolded: boolean
}

/** A gap counts as idle when it is at least this long … */
const idleAtLeastMs = 10_000
/** … and longer than this share of all the time in which something happens. */
const idleShare = 0.2
/** What a folded gap takes of the whole, before all is scaled to 1. */
const foldedShare = 0.06

/** Stretches in which something runs: never idle, however long. */
export type Work = readonly { readonly from: Instant; readonly to: Instant }[]

/** Cuts the time from first to last into busy and idle pieces. `moments`: when something happened, in any order. */
export function pieces(moments: readonly Instant[], first: Instant, last: Instant, work: Work = []): Piece[] {
  const gaps = gapsBetween(moments, first, Math.max(last, first + 1), work)
  const longest = longestBusy(gaps)
  const cut: Piece[] = []
  for (const { from, to, isWork } of gaps) {
    const isFolded = !isWork && to - from > longest && gaps.length > 1
    const before = cut.at(-1)
    if (before && !before.isFolded && !isFolded) cut[cut.length - 1] = { ...before, to }
    else cut.push({ from, to, isFolded })
  }
  return cut
}

interface Gap {
  readonly from: Instant
  readonly to: Instant
  readonly isWork: boolean
}

function gapsBetween(moments: readonly Instant[], first: Instant, end: Instant, work: Work): Gap[] {
  const inside = moments.filter((moment) => moment > first && moment < end)
  const times = [...new Set([first, ...inside, end])].sort((a, b) => a - b)
  const spans = [...work].sort((a, b) => a.from - b.from)
  let next = 0
  let workUntil = Number.NEGATIVE_INFINITY
  return times.slice(1).map((to, index) => {
    const from = times[index] ?? first
    for (let span = spans[next]; span && span.from <= from; span = spans[next]) {
      workUntil = Math.max(workUntil, span.to)
      next += 1
    }
    return { from, to, isWork: workUntil >= to }
  })
}

/** What counts as busy depends on what counts as idle; letting gaps in from the shortest on settles it. */
function longestBusy(gaps: readonly Gap[]): number {
  let busy = gaps.reduce((sum, { from, to, isWork }) => sum + (isWork ? to - from : 0), 0)
  const idle = gaps.filter((gap) => !gap.isWork).map(({ from, to }) => to - from)
  for (const gap of idle.sort((a, b) => a - b)) {
    if (gap >= idleAtLeastMs && gap > busy * (1 + idleShare)) break
    busy += gap
  }
  // Where nothing is busy there is nothing to make room for.
  return busy === 0 ? Number.POSITIVE_INFINITY : Math.max(idleAtLeastMs, busy * (1 + idleShare))
}

export interface TimeScale {
  /** 0 … 1 over everything. */
  readonly place: ScaleLinear<number, number>
  readonly cuts: readonly Piece[]
}

export function timeScale(cuts: readonly Piece[]): TimeScale {
  const busy = cuts.reduce((sum, cut) => sum + (cut.isFolded ? 0 : cut.to - cut.from), 0)
  const folded = cuts.filter((cut) => cut.isFolded).length
  const foldedWidth = folded === 0 ? 0 : Math.min(foldedShare, 0.5 / folded)
  const busyWidth = 1 - folded * foldedWidth
  const domain: number[] = [cuts[0]?.from ?? 0]
  const range: number[] = [0]
  for (const cut of cuts) {
    const share = cut.isFolded ? foldedWidth : busy === 0 ? busyWidth : ((cut.to - cut.from) / busy) * busyWidth
    domain.push(cut.to)
    range.push((range.at(-1) ?? 0) + share)
  }
  return { place: scaleLinear().domain(domain).range(range).clamp(true), cuts }
}

/** The part of time that is looked at; null: all of it, growing. */
export type TimeWindow = readonly [Instant, Instant] | null

export interface Viewport {
  readonly x: (at: Instant) => number
  readonly at: (x: number) => Instant
  readonly width: number
}

export function viewport(scale: TimeScale, window: TimeWindow, width: number): Viewport {
  const [left, right] = window ? [scale.place(window[0]), scale.place(window[1])] : [0, 1]
  const extent = Math.max(right - left, 1e-9)
  return {
    width,
    x: (at) => ((scale.place(at) - left) / extent) * width,
    at: (x) => scale.place.invert(Math.min(1, Math.max(0, left + (x / width) * extent))),
  }
}

const closest = 1e-5

/** Zooms by a factor (< 1: closer) around a place on screen. Back at everything it follows again: null. */
export function zoomed(scale: TimeScale, window: TimeWindow, factor: number, atShare: number): TimeWindow {
  const [left, right] = window ? [scale.place(window[0]), scale.place(window[1])] : [0, 1]
  const extent = Math.max(closest, Math.min(1, (right - left) * factor))
  const middle = left + (right - left) * atShare
  return windowOf(scale, middle - extent * atShare, extent)
}

/** Moves by a share of what is seen. */
export function panned(scale: TimeScale, window: TimeWindow, share: number): TimeWindow {
  if (!window) return null
  const left = scale.place(window[0])
  const extent = scale.place(window[1]) - left
  return windowOf(scale, left + extent * share, extent)
}

function windowOf(scale: TimeScale, left: number, extent: number): TimeWindow {
  if (extent >= 0.999) return null
  const from = Math.max(0, Math.min(1 - extent, left))
  return [scale.place.invert(from), scale.place.invert(from + extent)]
}

export interface Tick {
  readonly at: Instant
  readonly x: number
}

const second = 1_000
const steps = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  second,
  2 * second,
  5 * second,
  10 * second,
  15 * second,
  30 * second,
  60 * second,
  120 * second,
  300 * second,
  600 * second,
  900 * second,
  1_800 * second,
  3_600 * second,
  7_200 * second,
  21_600 * second,
  43_200 * second,
  86_400 * second,
  172_800 * second,
  604_800 * second,
]

/** Round distances from the start, at least so many pixels apart; none inside of folded gaps. */
export function ticks(scale: TimeScale, view: Viewport, start: Instant, apart = 90): Tick[] {
  const found: Tick[] = []
  for (const cut of scale.cuts) {
    const left = Math.max(0, view.x(cut.from))
    const right = Math.min(view.width, view.x(cut.to))
    if (cut.isFolded || right - left < 24) continue
    const from = view.at(left)
    const to = view.at(right)
    const rough = ((to - from) / (right - left)) * apart
    const step = steps.find((one) => one >= rough) ?? Math.ceil(rough / 604_800_000) * 604_800_000
    for (let at = start + Math.ceil((from - start) / step) * step; at <= to; at += step) {
      const x = view.x(at)
      if (x - (found.at(-1)?.x ?? -apart) >= apart * 0.6) found.push({ at, x })
    }
  }
  return found
}
