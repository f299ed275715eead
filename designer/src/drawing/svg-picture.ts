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
    parts.push(
      `<polyline points="${points.map(({ x, y }) => `${x},${y}`).join(' ')}" fill="none" stroke="${stroke}" stroke-width="1.5" stroke-linejoin="round"${kind === 'catch' ? ' stroke-dasharray="5 4"' : ''}/>`,
      head(points, stroke),
      label(points, edge.label, colours),
    )
  }
  for (const box of diagram.boxes)
    if (box.kind === 'card' || box.kind === 'start')
      parts.push(drawBox(box, places.get(box.path) ?? box, colours, lineOf, drawing))
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
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="16" fill="${colours.surface}" stroke="${colours.border}"/>${words(x + width / 2, y + 20, cut(name, 20), colours.muted, 12, 600, 'middle')}`
  }
  if (box.kind === 'lane') {
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="none" stroke="${colours.border}" stroke-dasharray="4 3"/>${words(x + 9, y + 16, box.id, band, 11, 600)}`
  }
  if (box.kind === 'container') {
    return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="none" stroke="${band}" stroke-width="1.5"/>${words(x + 12, y + 23, cut(title, 30), colours.text, 13, 600)}${words(x + 20 + cut(title, 30).length * 7.4, y + 23, cut(lineOf(box), 48), colours.muted, 11, 400)}`
  }
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${colours.surface}" stroke="${colours.border}"/><path d="M${x + 6} ${y}h-1a5 5 0 0 0-5 5v${height - 10}a5 5 0 0 0 5 5h1z" fill="${band}"/>${words(x + 18, y + 24, cut(title, 28), colours.text, 13, 600)}${words(x + 18, y + 42, cut(lineOf(box), 31), colours.muted, 11, 400)}`
}

function head(points: readonly Point[], fill: string): string {
  const tip = points.at(-1)
  const before = points.at(-2)
  if (!tip || !before) return ''
  const x = Math.sign(tip.x - before.x)
  const y = Math.sign(tip.y - before.y)
  return `<path d="M${tip.x} ${tip.y}L${tip.x - x * 7 - y * 4} ${tip.y - y * 7 - x * 4}L${tip.x - x * 7 + y * 4} ${tip.y - y * 7 + x * 4}Z" fill="${fill}"/>`
}

function label(points: readonly Point[], text: string, colours: PictureColours): string {
  const end = points.at(-1)
  const start = points.at(-2)
  if (text === '' || !end || !start) return ''
  const x = (end.x + start.x) / 2
  const y = (end.y + start.y) / 2
  const width = text.length * 6.1 + 12
  return `<rect x="${x - width / 2}" y="${y - 9}" width="${width}" height="18" rx="4" fill="${colours.surface}" stroke="${colours.border}"/>${words(x, y + 4, text, colours.text, 11, 400, 'middle')}`
}
