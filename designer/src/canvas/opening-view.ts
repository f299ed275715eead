import type { Diagram } from '../drawing/diagram.ts'
import { boundsOf } from '../drawing/mark-places.ts'

/** How far a canvas can be zoomed. */
export const zoomRange = { min: 0.05, max: 2 }

/** Everything, if it can be read like that; else the beginning, at a size that can. */
export function openingView(
  diagram: Diagram,
  frame: { readonly width: number; readonly height: number },
): { x: number; y: number; zoom: number } {
  const outer = diagram.boxes.filter((box) => box.parent === undefined)
  const marks = [...diagram.notes, ...diagram.groups].filter((mark) => mark.parent === undefined)
  const around = outer.length === 0 ? undefined : boundsOf([...outer, ...marks])
  if (around === undefined) return { x: 0, y: 0, zoom: 1 }
  const { x: left, y: top, width, height } = around
  const margin = 32
  // Room for the tools in the lower corner.
  const foot = 64
  const fit = Math.min((frame.width - margin * 2) / width, (frame.height - margin - foot) / height, 1)
  if (fit >= 0.55) {
    return {
      zoom: fit,
      x: (frame.width - width * fit) / 2 - left * fit,
      // A flow grows downwards, so it begins near the top.
      y: (diagram.direction === 'TB' ? margin : Math.max(margin, (frame.height - height * fit) / 2)) - top * fit,
    }
  }
  const start = outer.find((box) => box.kind === 'start') ?? outer[0]
  // As large as lets all of its breadth be seen, within what is pleasant to read.
  const breadth = diagram.direction === 'TB' ? frame.width / width : frame.height / height
  const zoom = Math.min(0.8, Math.max(0.55, breadth * 0.9))
  if (start === undefined) return { x: 0, y: 0, zoom }
  const middle = { x: start.x + start.width / 2, y: start.y + start.height / 2 }
  return diagram.direction === 'TB'
    ? { zoom, x: across(frame.width, { from: left, length: width }, middle.x, zoom), y: margin - start.y * zoom }
    : { zoom, x: margin - start.x * zoom, y: across(frame.height, { from: top, length: height }, middle.y, zoom) }
}

/** All of it in the middle where it has room; else what the flow begins with. */
function across(room: number, all: { readonly from: number; readonly length: number }, start: number, zoom: number) {
  return all.length * zoom <= room ? (room - all.length * zoom) / 2 - all.from * zoom : room / 2 - start * zoom
}
