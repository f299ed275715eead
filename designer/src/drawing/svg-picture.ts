// The drawing as an SVG that stands alone: no style sheet, no font but the reader's own. Colours are given, so that the
// picture has those of the theme it was taken in.
import { allPlaces, type DiagramBox, diagramOf } from './diagram.ts'
import type { Drawing } from './drawing.ts'
import { type Point, routeEdge } from './edge-route.ts'
import { textAt } from './json.ts'
import { portIndex, portKind, portsOf } from './ports.ts'
import { portOffset } from './scope-measure.ts'
import { drawGroup, drawNote, type MarkColours } from './svg-marks.ts'
import { cut, words } from './svg-words.ts'
import { arrowHead, labelWidth, roundedPath, spotOnPath } from './wire-path.ts'

export interface PictureColours {
  readonly background: string
  readonly surface: string
  readonly text: string
  readonly muted: string
  readonly border: string
  readonly line: string
  readonly error: string
  readonly band: (box: DiagramBox) => string
  readonly marks: MarkColours
}

export interface Picture {
  readonly svg: string
  readonly width: number
  readonly height: number
}

const margin = 24

export function svgPicture(drawing: Drawing, colours: PictureColours, lineOf: (box: DiagramBox) => string): Picture {
  const diagram = diagramOf(drawing)
  const places = allPlaces(diagram)
  const all = [...places.values()]
  const left = Math.min(...all.map(({ x }) => x)) - margin * 3
  const top = Math.min(...all.map(({ y }) => y)) - margin
  const width = Math.max(...all.map((box) => box.x + box.width)) - left + margin * 3
  const height = Math.max(...all.map((box) => box.y + box.height)) - top + margin
  const turned = diagram.direction === 'LR'
  const parts: string[] = []
  const labels: string[] = []
  const outer = (path: string) => diagram.boxes.find((box) => box.path === path)
  const drawGroups = (parent: string | undefined) => {
    for (const group of diagram.groups) {
      if (group.parent === parent) parts.push(drawGroup(group, places.get(group.path) ?? group, colours.marks))
    }
  }
  drawGroups(undefined)
  for (const box of diagram.boxes) {
    if (box.kind === 'card' || box.kind === 'start') continue
    parts.push(drawBox(box, places.get(box.path) ?? box, colours, lineOf, drawing))
    drawGroups(box.path)
  }
  for (const edge of diagram.edges) {
    const from = places.get(edge.from)
    const to = places.get(edge.to)
    const source = outer(edge.from)
    if (!from || !to || !source) continue
    const kind = portKind(edge.port)
    const exit = kind === 'catch' ? 'far' : kind === 'onTimeout' ? 'near' : 'end'
    const obstacles = diagram.boxes
      .filter((box) => box.kind !== 'lane' && box.scope === edge.scope && box.parent === source.parent)
      .flatMap((box) => places.get(box.path) ?? [])
    const points = routeEdge({
      from: exitOf(source, from, edge.port, turned),
      to: turned ? { x: to.x, y: to.y + to.height / 2 } : { x: to.x + to.width / 2, y: to.y },
      exit,
      obstacles,
      turned,
      turns: kind === 'choice' || kind === 'otherwise' ? 'early' : 'late',
      slot: kind === 'catch' ? portIndex(edge.port) : 0,
    })
    const stroke = kind === 'catch' ? colours.error : colours.line
    const dashes = kind === 'catch' ? ' stroke-dasharray="5 4"' : kind === 'onTimeout' ? ' stroke-dasharray="2 3"' : ''
    parts.push(
      `<path d="${roundedPath(points)}" fill="none" stroke="${stroke}" stroke-width="1.5"${dashes}/>`,
      `<path d="${arrowHead(points)}" fill="${stroke}"/>`,
    )
    labels.push(label(spotOnPath(points, edge.label, obstacles).label, edge.label, colours, stroke))
  }
  for (const box of diagram.boxes)
    if (box.kind === 'card' || box.kind === 'start')
      parts.push(drawBox(box, places.get(box.path) ?? box, colours, lineOf, drawing))
  parts.push(...labels)
  for (const note of diagram.notes) parts.push(drawNote(note, places.get(note.path) ?? note, colours.marks))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="Inter, system-ui, sans-serif"><rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${colours.background}"/>${parts.join('')}</svg>`
  return { svg, width, height }
}

type Place = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

function exitOf(box: DiagramBox, place: Place, port: Parameters<typeof portKind>[0], turned: boolean): Point {
  const { x, y, width, height } = place
  const kind = portKind(port)
  if (kind === 'catch')
    return turned
      ? { x: x + width - 20 - portIndex(port) * 16, y: y + height }
      : { x: x + width, y: y + 14 + portIndex(port) * 14 }
  if (kind === 'onTimeout') return turned ? { x: x + width - 20, y } : { x, y: y + height / 2 }
  const offset = box.step === undefined ? 0 : portOffset(portsOf(box.step), port as never, turned ? height : width)
  return turned ? { x: x + width, y: y + height / 2 + offset } : { x: x + width / 2 + offset, y: y + height }
}

function drawBox(
  box: DiagramBox,
  at: Place,
  colours: PictureColours,
  lineOf: (box: DiagramBox) => string,
  drawing: Drawing,
): string {
  const { x, y, width, height } = at
  const title = textAt(box.step, 'title') || box.id
  const band = colours.band(box)
  if (box.kind === 'start') {
    if (box.parent !== undefined)
      return `<circle cx="${x + width / 2}" cy="${y + height / 2}" r="7" fill="${colours.surface}" stroke="${colours.line}" stroke-width="2"/>`
    const name = textAt(drawing.definition, 'title') || textAt(drawing.definition, 'name') || 'start'
    const shown = cut(name, 36)
    // As on the canvas, a long title has room on both sides.
    const over = Math.max(0, shown.length * 7.2 + 32 - width)
    return `<rect x="${x - over / 2}" y="${y}" width="${width + over}" height="${height}" rx="16" fill="${colours.surface}" stroke="${colours.border}"/>${words(x + width / 2, y + 20, shown, colours.muted, 12, 600, 'middle')}`
  }
  if (box.kind === 'lane') {
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="none" stroke="${colours.border}" stroke-dasharray="4 3"/>${words(x + 9, y + 16, box.id, band, 11, 600)}`
  }
  if (box.kind === 'container') {
    const doubled =
      box.step?.type === 'forEach'
        ? `<rect x="${x + 3}" y="${y + 3}" width="${width - 6}" height="${height - 6}" rx="6" fill="none" stroke="${band}"/>`
        : ''
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="none" stroke="${band}" stroke-width="1.5"/>${doubled}${containerHead(at, title, lineOf(box), colours)}`
  }
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${colours.surface}" stroke="${colours.border}"/><path d="M${x + 6} ${y}h-1a5 5 0 0 0-5 5v${height - 10}a5 5 0 0 0 5 5h1z" fill="${band}"/>${words(x + 18, y + 24, cut(title, 28), colours.text, 13, 600)}${words(x + 18, y + 42, cut(lineOf(box), 31), colours.muted, 11, 400)}`
}

/** In one line where it has room, else in two. */
function containerHead({ x, y, width }: Place, title: string, line: string, colours: PictureColours): string {
  const name = cut(title, Math.min(30, Math.floor((width - 24) / 7.6)))
  const after = 20 + name.length * 7.4
  const isOneLine = after + line.length * 6 + 12 <= width
  const told = cut(line, Math.floor((width - 24) / 6))
  return isOneLine
    ? `${words(x + 12, y + 23, name, colours.text, 13, 600)}${words(x + after, y + 23, line, colours.muted, 11, 400)}`
    : `${words(x + 12, y + 18, name, colours.text, 13, 600)}${words(x + 12, y + 32, told, colours.muted, 11, 400)}`
}

function label({ x, y }: Point, text: string, colours: PictureColours, stroke: string): string {
  if (text === '') return ''
  const width = labelWidth(text)
  const fill = stroke === colours.error ? colours.error : colours.text
  return `<rect x="${x - width / 2}" y="${y - 9}" width="${width}" height="18" rx="4" fill="${colours.surface}" stroke="${colours.border}"/>${words(x, y + 4, text, fill, 11, 400, 'middle')}`
}
