import type { Point, Rect } from './edge-route.ts'

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

/** How wide a label is; its letters are not measured, so that nothing has to wait for a layout. */
export const labelWidth = (text: string): number => text.length * 6.1 + 14

const labelHeight = 18
const tries = [0.5, 0.35, 0.65, 0.2, 0.8]

/**
 * Places for the label and the +, on a part of the line that is this edge's alone and where no box is in the way;
 * a + stands beside its label.
 */
export function spotOnPath(
  points: readonly Point[],
  text: string,
  boxes: readonly Rect[],
): { label: Point; plus: Point } {
  const parts = points.slice(1).map((end, index) => ({ start: points[index] ?? end, end }))
  const [first] = parts
  const last = parts.at(-1)
  if (first === undefined || last === undefined) return { label: { x: 0, y: 0 }, plus: { x: 0, y: 0 } }
  const byLength = [...parts].sort((a, b) => distance(b.start, b.end) - distance(a.start, a.end))
  const roomy = parts.length > 1 && distance(last.start, last.end) >= 30
  const ordered = roomy ? [last, ...byLength.filter((part) => part !== last)] : byLength
  if (text === '') {
    const { start, end } = ordered[0] ?? last
    return { label: start, plus: between(start, end, 0.5) }
  }
  const width = labelWidth(text)
  const spots = ordered.flatMap((part) =>
    tries.map((at) => between(part.start, part.end, part === last && at === 0.5 ? 0.45 : at)),
  )
  const label = spots.find((spot) => !boxes.some((box) => covers(spot, width, box))) ?? spots[0] ?? last.end
  return { label, plus: { x: label.x + width / 2 + 11, y: label.y } }
}

function covers(spot: Point, width: number, box: Rect): boolean {
  return (
    spot.x - width / 2 < box.x + box.width &&
    spot.x + width / 2 > box.x &&
    spot.y - labelHeight / 2 < box.y + box.height &&
    spot.y + labelHeight / 2 > box.y
  )
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
