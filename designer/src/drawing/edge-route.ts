// The way of an edge around boxes: down out of its port, across in a free lane, down into the target. Written for a
// flow from top to bottom; the other direction is the same picture turned.
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Rect extends Point {
  readonly width: number
  readonly height: number
}

/** Which side of its box an edge leaves from: the end of the flow, or a side (error and timeout ports). */
export type Exit = 'end' | 'far' | 'near'

const stub = 16
const clearance = 18
const mostLanes = 40

export interface RouteRequest {
  readonly from: Point
  readonly to: Point
  readonly exit: Exit
  /** Boxes that are in the way, those at both ends included. */
  readonly obstacles: readonly Rect[]
  readonly turned?: boolean
  /** Forks turn near their source, so that each label has a line of its own; joins near their target. */
  readonly turns?: 'early' | 'late'
  /** Edges out of one side keep lanes of their own: 0, 1, 2 … */
  readonly slot?: number
}

export function routeEdge({
  from,
  to,
  exit,
  obstacles,
  turned = false,
  turns = 'late',
  slot = 0,
}: RouteRequest): Point[] {
  if (!turned) return tidied(routeDown(from, to, exit, { obstacles, turns, slot }))
  const swap = ({ x, y }: Point) => ({ x: y, y: x })
  const rects = obstacles.map((rect) => ({ ...swap(rect), width: rect.height, height: rect.width }))
  return tidied(routeDown(swap(from), swap(to), exit, { obstacles: rects, turns, slot })).map(swap)
}

interface Surroundings {
  readonly obstacles: readonly Rect[]
  readonly turns: 'early' | 'late'
  readonly slot: number
}

function routeDown(from: Point, to: Point, exit: Exit, around: Surroundings): Point[] {
  const { turns, slot } = around
  const highest = Math.min(from.y, to.y) - stub * 3
  const lowest = Math.max(from.y, to.y) + stub * 3
  const obstacles = around.obstacles.filter((rect) => rect.y < lowest && rect.y + rect.height > highest)
  const enter = to.y - stub
  const turnAt = exit === 'end' ? from.y + stub : from.y
  if (exit === 'end' && to.y >= from.y + stub * 2) {
    if (Math.abs(to.x - from.x) < 1 && !blocked([from, to], obstacles)) return [from, to]
    const middle = (from.y + to.y) / 2
    const levels = turns === 'early' ? [turnAt, middle, enter] : [enter, middle, turnAt]
    const steps = levels.map((y) => [from, { x: from.x, y }, { x: to.x, y }, to])
    const free = steps.find((points) => !blocked(points, obstacles))
    if (free) return free
  }
  if (exit !== 'end') {
    const side = exit === 'far' ? 1 : -1
    const reachesOut = (to.x - from.x) * side > stub
    const direct = [from, { x: to.x, y: from.y }, to]
    if (reachesOut && to.y > from.y + stub && !blocked(direct, obstacles)) return direct
  }
  const lane = freeLane(from, to, exit, turnAt, enter, obstacles, clearance + slot * 12)
  return [from, { x: from.x, y: turnAt }, { x: lane, y: turnAt }, { x: lane, y: enter }, { x: to.x, y: enter }, to]
}

function freeLane(
  from: Point,
  to: Point,
  exit: Exit,
  turnAt: number,
  enter: number,
  obstacles: readonly Rect[],
  away: number,
): number {
  const top = Math.min(turnAt, enter)
  const bottom = Math.max(turnAt, enter)
  const passed = obstacles.filter((rect) => rect.y < bottom && rect.y + rect.height > top)
  const sides = passed.flatMap((rect) => [rect.x - away, rect.x + rect.width + away])
  const allowed = (x: number) => (exit === 'far' ? x >= from.x + stub : exit === 'near' ? x <= from.x - stub : true)
  const wanted = exit === 'far' ? from.x + away : exit === 'near' ? from.x - away : to.x
  const lanes = [wanted, to.x, from.x, ...sides].filter(allowed)
  const cost = (x: number) => Math.abs(x - from.x) + Math.abs(x - to.x)
  const sorted = [...new Set(lanes)].sort((a, b) => cost(a) - cost(b) || b - a)
  // The nearest lanes, and beyond them only the two that pass everything.
  const ordered = [...sorted.slice(0, mostLanes), ...sorted.slice(mostLanes).slice(-2)]
  const path = (x: number) => [
    from,
    { x: from.x, y: turnAt },
    { x, y: turnAt },
    { x, y: enter },
    { x: to.x, y: enter },
    to,
  ]
  const free = ordered.find((x) => !blocked(path(x), obstacles))
  if (free !== undefined) return free
  const clearSide = ordered.find(
    (x) =>
      !blocked(
        [
          { x, y: turnAt },
          { x, y: enter },
        ],
        obstacles,
      ),
  )
  return clearSide ?? Math.max(wanted, ...sides)
}

/** A line keeps a little away from boxes, but may touch those that it begins and ends at. */
const margin = 6

function blocked(points: readonly Point[], obstacles: readonly Rect[]): boolean {
  const ends = [points[0], points.at(-1)]
  return obstacles.some((rect) => {
    const touches = ends.some((end) => end !== undefined && isOnBorder(end, rect))
    return points.some((point, index) => {
      const before = points[index - 1]
      return before !== undefined && crosses(before, point, rect, touches ? -2 : margin)
    })
  })
}

function isOnBorder(point: Point, rect: Rect): boolean {
  return (
    point.x >= rect.x - 2 &&
    point.x <= rect.x + rect.width + 2 &&
    point.y >= rect.y - 2 &&
    point.y <= rect.y + rect.height + 2
  )
}

function crosses(a: Point, b: Point, rect: Rect, by: number): boolean {
  return (
    Math.min(a.x, b.x) < rect.x + rect.width + by &&
    Math.max(a.x, b.x) > rect.x - by &&
    Math.min(a.y, b.y) < rect.y + rect.height + by &&
    Math.max(a.y, b.y) > rect.y - by
  )
}

/** Without points that change nothing. */
function tidied(points: readonly Point[]): Point[] {
  const kept: Point[] = []
  for (const point of points) {
    const last = kept.at(-1)
    const before = kept.at(-2)
    if (last !== undefined && last.x === point.x && last.y === point.y) continue
    const straight =
      last !== undefined &&
      before !== undefined &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y))
    if (straight) kept.pop()
    kept.push(point)
  }
  return kept
}
