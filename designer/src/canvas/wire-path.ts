import type { Point } from '../drawing/edge-route.ts'

const radius = 8
const head = 7

/** The polyline as an SVG path with round corners, ending where the arrow head begins. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = shortenedEnd(points)
  if (first === undefined) return ''
  const parts = [`M${first.x} ${first.y}`]
  let before = first
  for (const [index, corner] of rest.entries()) {
    const after = rest[index + 1]
    if (after === undefined) parts.push(`L${corner.x} ${corner.y}`)
    else {
      const bend = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2)
      const enter = towards(corner, before, bend)
      const leave = towards(corner, after, bend)
      parts.push(`L${enter.x} ${enter.y}Q${corner.x} ${corner.y} ${leave.x} ${leave.y}`)
    }
    before = corner
  }
  return parts.join('')
}

export function arrowHead(points: readonly Point[]): string {
  const tip = points.at(-1)
  const before = points.at(-2)
  if (tip === undefined || before === undefined) return ''
  const back = towards(tip, before, head)
  const across = { x: (tip.y - back.y) * 0.6, y: (back.x - tip.x) * 0.6 }
  return `M${tip.x} ${tip.y}L${back.x + across.x} ${back.y + across.y}L${back.x - across.x} ${back.y - across.y}Z`
}

/** Places for the label and the +, on a part of the line that is this edge's alone and long enough. */
export function spotOnPath(points: readonly Point[], isLabelled: boolean): { label: Point; plus: Point } {
  const parts = points.slice(1).map((end, index) => ({ start: points[index] ?? end, end }))
  const longest = [...parts].sort((a, b) => distance(b.start, b.end) - distance(a.start, a.end))[0]
  const last = parts.at(-1)
  const none = { x: 0, y: 0 }
  if (longest === undefined || last === undefined) return { label: none, plus: none }
  const own = parts.length > 1 && distance(last.start, last.end) >= 30 ? last : longest
  const label = between(own.start, own.end, own === last ? 0.45 : 0.5)
  if (!isLabelled) return { label, plus: between(own.start, own.end, 0.5) }
  const isUpright = own.start.x === own.end.x
  return { label, plus: isUpright ? { x: label.x, y: label.y - 18 } : { x: label.x, y: label.y - 18 } }
}

function shortenedEnd(points: readonly Point[]): Point[] {
  const tip = points.at(-1)
  const before = points.at(-2)
  if (tip === undefined || before === undefined) return [...points]
  return [...points.slice(0, -1), towards(tip, before, Math.min(head - 1, distance(tip, before)))]
}

const distance = (a: Point, b: Point) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y)

const between = (a: Point, b: Point, part: number): Point => ({
  x: a.x + (b.x - a.x) * part,
  y: a.y + (b.y - a.y) * part,
})

function towards(from: Point, to: Point, by: number): Point {
  const whole = distance(from, to)
  return whole === 0 ? from : between(from, to, by / whole)
}
