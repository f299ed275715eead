// Where notes and groups stand in their scope. Boxes are moved by hand and by the layout, and so is what belongs to them:
// a note that was put beside a box keeps beside it, a frame is around its members as closely as it was drawn. Only what
// stands free has a place of its own; the layout leaves it there.
import type { Group, Note, Position, Room } from './drawing.ts'
import type { Rect } from './edge-route.ts'
import { smallestGroup } from './marks.ts'

export type Places = ReadonlyMap<string, Rect>

export interface PlacedNote {
  readonly note: Note
  readonly rect: Rect
}

export interface PlacedGroup {
  readonly group: Group
  readonly rect: Rect
  /** The boxes that lie in it. */
  readonly holds: readonly string[]
}

/** A frame that nobody has drawn otherwise; on top stands its title. */
export const closeRoom: Room = { left: 16, top: 36, right: 16, bottom: 16 }
const leastRoom: Room = { left: 8, top: 28, right: 8, bottom: 8 }
/** So near to a box a note stands beside it. */
const near = 48

/** So far off a box and other notes comes to stand what would lie on the box. */
const clearance = 12

/**
 * Each where it was put, but for those that would now lie on a box: they are pushed aside, straight on and the shortest
 * way. What is kept does not change, so that a note goes back to its place once that is free again.
 */
export function placedNotes(notes: readonly Note[], places: Places): readonly PlacedNote[] {
  if (notes.length === 0) return []
  const boxes = [...places.values()]
  const wanted = notes.map((note) => ({ note, rect: wantedRect(note, places) }))
  const isHit = ({ rect }: PlacedNote) => boxes.some((box) => isOver(rect, box))
  const obstacles = [...boxes, ...wanted.filter((one) => !isHit(one)).map(({ rect }) => rect)]
  return wanted.map((one) => {
    if (!isHit(one)) return one
    const way = clearWay([one.rect], obstacles, clearance)
    const rect = { ...one.rect, x: one.rect.x + way.x, y: one.rect.y + way.y }
    obstacles.push(rect)
    return { note: one.note, rect }
  })
}

const isOver = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

function wantedRect(note: Note, places: Places): Rect {
  const { beside, width, height } = note
  const box = beside && places.get(beside.step)
  const corner = box && beside ? { x: box.x + beside.x, y: box.y + beside.y } : { x: note.x, y: note.y }
  return { ...corner, width, height }
}

/** A group of which nothing is known but members that are gone has no place. */
export function placedGroup(group: Group, places: Places): PlacedGroup | undefined {
  const members = group.members.flatMap((path) => places.get(path) ?? [])
  const around = boundsOf(members)
  if (around === undefined && (group.width <= 0 || group.height <= 0)) return undefined
  const rect = around === undefined ? atLeast(group) : withRoom(around, group.room ?? closeRoom)
  return {
    group,
    rect,
    holds: [...new Set([...group.members.filter((path) => places.has(path)), ...lyingIn(rect, places)])],
  }
}

const atLeast = ({ x, y, width, height }: Rect): Rect => ({
  x,
  y,
  width: Math.max(width, smallestGroup.width),
  height: Math.max(height, smallestGroup.height),
})

/** The fields of a group whose frame is drawn there, around these boxes. It never cuts through one of them. */
export function framed(
  rect: Rect,
  members: readonly string[],
  places: Places,
): Pick<Group, 'members' | 'x' | 'y' | 'width' | 'height'> & { room: Room | undefined } {
  const own = members.filter((path) => places.has(path))
  const around = boundsOf(own.flatMap((path) => places.get(path) ?? []))
  const { x, y, width, height } = atLeast(rect)
  if (around === undefined) return { members: own, room: undefined, x, y, width, height }
  const room: Room = {
    left: Math.max(leastRoom.left, around.x - x),
    top: Math.max(leastRoom.top, around.y - y),
    right: Math.max(leastRoom.right, x + width - around.x - around.width),
    bottom: Math.max(leastRoom.bottom, y + height - around.y - around.height),
  }
  return { members: own, room, ...withRoom(around, room) }
}

export function boundsOf(rects: readonly Rect[]): Rect | undefined {
  if (rects.length === 0) return undefined
  const x = Math.min(...rects.map((rect) => rect.x))
  const y = Math.min(...rects.map((rect) => rect.y))
  return {
    x,
    y,
    width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x,
    height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y,
  }
}

export const withRoom = ({ x, y, width, height }: Rect, { left, top, right, bottom }: Room): Rect => ({
  x: x - left,
  y: y - top,
  width: width + left + right,
  height: height + top + bottom,
})

/** Whether the middle of the one is inside of the other: what is half out is in or out as the eye would say. */
export function liesIn(inner: Rect, outer: Rect): boolean {
  const x = inner.x + inner.width / 2
  const y = inner.y + inner.height / 2
  return x >= outer.x && x <= outer.x + outer.width && y >= outer.y && y <= outer.y + outer.height
}

export const lyingIn = (rect: Rect, places: Places): string[] =>
  [...places].flatMap(([path, box]) => (liesIn(box, rect) ? [path] : []))

/** What a note at this place stands beside: the wanted box or the nearest one, if it is near. */
export function besideAt(rect: Rect, places: Places, wanted?: string): Note['beside'] {
  let best: { readonly step: string; readonly box: Rect; readonly gap: number } | undefined
  for (const [step, box] of places) {
    const apart = Math.hypot(gapOf(rect.x, rect.width, box.x, box.width), gapOf(rect.y, rect.height, box.y, box.height))
    const gap = step === wanted && apart <= near ? -1 : apart
    if (gap <= near && (best === undefined || gap < best.gap)) best = { step, box, gap }
  }
  return best && { step: best.step, x: rect.x - best.box.x, y: rect.y - best.box.y }
}

const gapOf = (a: number, length: number, b: number, other: number) => Math.max(0, b - a - length, a - b - other)

type Way = readonly [x: -1 | 0 | 1, y: -1 | 0 | 1]
const ways: readonly Way[] = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
]

/** The shortest way straight on after which none of the rectangles, moved together, is nearer to an obstacle than the gap. */
export function clearWay(rects: readonly Rect[], obstacles: readonly Rect[], gap: number): Position {
  const shifts = ways.map((way) => clearAlong(way, rects, obstacles, gap))
  return shifts.reduce((best, shift) => (lengthOf(shift) < lengthOf(best) ? shift : best))
}

const lengthOf = ({ x, y }: Position) => Math.abs(x) + Math.abs(y)

function clearAlong([right, down]: Way, rects: readonly Rect[], obstacles: readonly Rect[], gap: number): Position {
  let way = 0
  for (let more = 1; more > 0; way += more) {
    more = 0
    for (const { x, y, width, height } of rects) {
      const at = { x: x + right * way, y: y + down * way }
      for (const box of obstacles) {
        const apart =
          at.x >= box.x + box.width + gap ||
          box.x >= at.x + width + gap ||
          at.y >= box.y + box.height + gap ||
          box.y >= at.y + height + gap
        if (apart) continue
        const past =
          right > 0
            ? box.x + box.width + gap - at.x
            : right < 0
              ? at.x + width + gap - box.x
              : down > 0
                ? box.y + box.height + gap - at.y
                : at.y + height + gap - box.y
        // Whole numbers, or rounding could keep two edges together for ever.
        more = Math.max(more, Math.ceil(past))
      }
    }
  }
  return { x: right * way, y: down * way }
}
