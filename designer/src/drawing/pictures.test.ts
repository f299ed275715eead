import { expect, test } from 'vitest'
import { conditionLabel, portLabel, shortened } from './condition-label.ts'
import { diagramOf, pinsOf } from './diagram.ts'
import type { Drawing } from './drawing.ts'
import { routeEdge } from './edge-route.ts'
import type { JsonObject } from './json.ts'
import { makeRoom } from './make-room.ts'
import { toMermaid } from './mermaid.ts'
import { neighbourOf } from './neighbour.ts'
import { align, distribute } from './operations/align.ts'
import { addGroup } from './operations/groups.ts'
import { addNote } from './operations/notes.ts'
import { scopeOrigin, scopeUnder } from './scope-under.ts'
import { wrapped } from './svg-marks.ts'
import { svgPicture } from './svg-picture.ts'

const definition: JsonObject = {
  dsl: '1',
  name: 'p',
  title: 'P "quoted"',
  start: 'a',
  steps: {
    a: { type: 'activity', title: 'A', next: 'b', catch: [{ errors: ['Timeout', '*'], next: 'c' }] },
    b: { type: 'choice', choices: [{ when: '{% $input.total > 1 %}', next: 'c' }], otherwise: 'a' },
    c: { type: 'scope', body: { start: 'x', steps: { x: { type: 'end' } } } },
  },
}
const drawing: Drawing = { definition, layout: { positions: {} } }

test('edges carry their conditions shortened, and say what they are', () => {
  expect(conditionLabel('{% $input.order.total   > 100 %}')).toBe('order.total > 100')
  expect(conditionLabel(true)).toBe('always')
  expect(conditionLabel(false)).toBe('never')
  expect(conditionLabel('{%  %}')).toBe('no condition')
  expect(conditionLabel(undefined)).toBe('no condition')
  expect(shortened('x'.repeat(40))).toHaveLength(28)
  expect(portLabel(definition.steps && (definition.steps as JsonObject).a, 'catch/0')).toBe('Timeout, any error')
  expect(portLabel({}, 'catch/0')).toBe('on error')
  expect(portLabel({ choices: [{ when: true, title: 'Yes' }] }, 'choice/0')).toBe('Yes')
  expect(['otherwise', 'onTimeout', 'next'].map((port) => portLabel({}, port as 'next'))).toEqual([
    'otherwise',
    'timed out',
    '',
  ])
})

test('an edge goes straight where nothing stands in the way, and around what does', () => {
  const from = { x: 0, y: 0 }
  const to = { x: 0, y: 200 }
  expect(routeEdge({ from, to, exit: 'end', obstacles: [] })).toEqual([from, to])
  const wall = { x: -50, y: 60, width: 100, height: 60 }
  const around = routeEdge({ from, to, exit: 'end', obstacles: [wall] })
  expect(around.some(({ x }) => x >= 50 || x <= -50)).toBe(true)
  expect(around.at(-1)).toEqual(to)
})

test('a back edge leaves its box at the end and comes in at the beginning, beside what is between', () => {
  const boxes = [
    { x: -110, y: 0, width: 220, height: 56 },
    { x: -110, y: 120, width: 220, height: 56 },
  ]
  const points = routeEdge({ from: { x: 0, y: 176 }, to: { x: 0, y: 0 }, exit: 'end', obstacles: boxes })
  expect(Math.max(...points.map(({ x }) => Math.abs(x)))).toBeGreaterThan(110)
  expect(points.at(-2)?.y).toBeLessThan(0)
})

test('error edges of one step keep lanes of their own, and a turned flow is the same picture turned', () => {
  const obstacles = [
    { x: -110, y: 0, width: 220, height: 56 },
    { x: -110, y: 100, width: 220, height: 56 },
  ]
  const route = (slot: number) =>
    routeEdge({ from: { x: 110, y: 14 + slot * 14 }, to: { x: 0, y: 220 }, exit: 'far', obstacles, slot })
  const lane = (slot: number) => Math.max(...route(slot).map(({ x }) => x))
  expect(lane(1)).toBeGreaterThan(lane(0))
  const turned = routeEdge({ from: { x: 0, y: 0 }, to: { x: 200, y: 40 }, exit: 'end', obstacles: [], turned: true })
  expect(turned).toEqual(
    routeEdge({ from: { x: 0, y: 0 }, to: { x: 40, y: 200 }, exit: 'end', obstacles: [] }).map(({ x, y }) => ({
      x: y,
      y: x,
    })),
  )
  expect(routeEdge({ from: { x: 0, y: 0 }, to: { x: -200, y: 100 }, exit: 'near', obstacles: [] })).toHaveLength(3)
})

test('arrows walk along the flow and across it', () => {
  const diagram = diagramOf(drawing)
  expect(neighbourOf(diagram, undefined, 'down')).toBe('@start')
  expect(neighbourOf(diagram, '@start', 'down')).toBe('a')
  expect(neighbourOf(diagram, 'a', 'up')).toBe('@start')
  expect(neighbourOf(diagram, '@start', 'up')).toBeUndefined()
  expect(diagram.edges.find(({ from, port }) => from === 'b' && port === 'otherwise')?.isBack).toBe(true)
})

test('arrows reach a note beside a step and lead back from notes and groups', () => {
  const note = addNote(drawing, { scope: '', x: 700, y: 92 }).drawing
  const diagram = diagramOf(addGroup(note, { scope: '', members: ['a'] }).drawing)
  expect(neighbourOf(diagram, 'a', 'right')).toBe('@note:note')
  expect(neighbourOf(diagram, '@note:note', 'left')).toBe('a')
  expect(neighbourOf(diagram, '@group:group', 'down')).toBe('a')
  expect(neighbourOf(diagram, '@note:gone', 'down')).toBe('@start')
})

test('a picture has the frames under the steps and the notes over them, their text in lines that fit', () => {
  const text = 'Ask <b>before</b> paying, averyveryverylongword\n\nthen pay'
  const note = addNote(drawing, { scope: '', x: 700, y: 0, text, colour: 'red', size: { width: 120, height: 140 } })
  const both = addGroup(note.drawing, { scope: 'c', members: ['c/x'], title: 'Inside & out', colour: 'teal' }).drawing
  const colours = { background: '', surface: '', text: '', muted: '', border: '', line: '', error: '', band: () => '' }
  const marks = { text: 'ink', line: (name: string) => `line-${name}`, ground: (name: string) => `ground-${name}` }
  const { svg, width } = svgPicture(both, { ...colours, marks }, () => '')
  expect(svg).toContain('>Inside &amp; out</text>')
  expect(svg.indexOf('ground-teal')).toBeLessThan(svg.indexOf('>x</text>'))
  expect(svg.indexOf('ground-red')).toBeGreaterThan(svg.indexOf('>A</text>'))
  expect(svg).toContain('>&lt;b&gt;before&lt;/b&gt;</text>')
  expect(width).toBeGreaterThan(700)
  expect(wrapped('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrapped('abcdefgh ij', 3)).toEqual(['abc', 'def', 'gh', 'ij'])
  expect(wrapped('a\n\nb', 3)).toEqual(['a', '', 'b'])
  expect(toMermaid(both)).toBe(toMermaid(drawing))
})

test('the scope under a point is the innermost one; one that is dragged does not count', () => {
  const diagram = diagramOf(drawing)
  const box = diagram.boxes.find(({ path }) => path === 'c')
  const inside = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 60 }
  expect(scopeUnder(diagram, inside)).toEqual({ scope: 'c', box: 'c' })
  expect(scopeUnder(diagram, inside, ['c'])).toEqual({ scope: '', box: undefined })
  const marker = diagram.boxes.find(({ path }) => path === 'c/@start')
  const origin = scopeOrigin(diagram, 'c')
  expect(origin).toEqual({ x: (box?.x ?? 0) + (marker?.origin.x ?? 0), y: (box?.y ?? 0) + (marker?.origin.y ?? 0) })
  expect(scopeOrigin(diagram, 'gone')).toEqual({ x: 0, y: 0 })
})

test('a step put into a chain whose boxes have places gets the place behind, and the others move on', () => {
  const diagram = diagramOf(drawing)
  const pins = pinsOf(diagram, '')
  const room = makeRoom(diagram, '', 'a', 'b')
  expect(room.at).toEqual(pins.b)
  expect(room.moved.b?.y).toBeGreaterThan(pins.b?.y ?? 0)
  expect(room.moved).not.toHaveProperty('a')
  expect(makeRoom(diagram, '', 'c', undefined).moved).toEqual({})
  expect(makeRoom(diagram, '', 'b', 'a').moved).toEqual({})
})

test('boxes are aligned and distributed; every box of their scope gets its place', () => {
  const diagram = diagramOf(drawing)
  const paths = ['a', 'b', 'c']
  const left = align(drawing, diagram, paths, 'left').drawing.layout.positions
  expect(new Set(paths.map((path) => left[path]?.x)).size).toBe(1)
  expect(left).toHaveProperty('@start')
  const bottom = align(drawing, diagram, ['a', 'c'], 'bottom').drawing.layout.positions
  expect((bottom.a?.y ?? 0) + 56).toBe(
    (bottom.c?.y ?? 0) + (diagram.boxes.find(({ path }) => path === 'c')?.height ?? 0),
  )
  expect(align(drawing, diagram, ['a'], 'left').inverse).toEqual([])
  const placed: Drawing = {
    ...drawing,
    layout: { positions: { '@start': { x: 0, y: -90 }, a: { x: 0, y: 0 }, b: { x: 250, y: 0 }, c: { x: 900, y: 0 } } },
  }
  const even = distribute(placed, diagramOf(placed), paths, 'across').drawing.layout.positions
  expect((even.b?.x ?? 0) - 220 - (even.a?.x ?? 0)).toBe((even.c?.x ?? 0) - 220 - (even.b?.x ?? 0))
  expect(distribute(drawing, diagram, ['a', 'b'], 'down').inverse).toEqual([])
})

test('Mermaid gets the scopes, the labels and nothing that it would read as its own', () => {
  expect(toMermaid(drawing)).toBe(`flowchart TD
  n0(["P #34;quoted#34;"])
  n1["A"]
  n2{"b"}
  subgraph n3["c"]
    n4((" "))
    n5["x"]
  end
  n0 --> n1
  n1 --> n2
  n1 -.->|"Timeout, any error"| n3
  n2 -->|"total #62; 1"| n3
  n2 -->|"otherwise"| n1
  n4 --> n5
`)
})

test('one scope alone can fill the canvas, and a collapsed one is a card', () => {
  expect(diagramOf(drawing, 'c').boxes.map(({ path }) => path)).toEqual(['c/@start', 'c/x'])
  const folded = diagramOf({ ...drawing, layout: { positions: {}, collapsed: ['c'] } })
  expect(folded.boxes.find(({ path }) => path === 'c')).toMatchObject({ kind: 'card', isCollapsed: true, width: 220 })
})

test('the head of a container has two lines where one is too long, and labels stand clear of cards', () => {
  const narrow: JsonObject = {
    dsl: '1',
    name: 'n',
    title: 'A title that is longer than the pill',
    start: 'f',
    steps: {
      f: {
        type: 'forEach',
        title: 'Every one of them',
        items: '{% $input %}',
        body: { start: 'x', steps: { x: { type: 'end' } } },
        catch: [{ errors: ['PaymentDeclined'], next: 'g' }],
        next: 'e',
      },
      e: { type: 'end' },
      g: { type: 'end' },
    },
  }
  const colours = { background: '', surface: '', text: 'ink', muted: '', border: '', line: '', error: 'red' }
  const marks = { text: '', line: () => '', ground: () => '' }
  const shown = { ...colours, band: () => 'band', marks }
  const y = (svg: string, text: string) => Number(new RegExp(`y="(-?[\\d.]+)"[^>]*>${text}<`).exec(svg)?.[1])
  const { svg } = svgPicture({ definition: narrow, layout: { positions: {} } }, shown, () => 'each item of $input.them')
  expect(y(svg, 'each item of \\$input.them') - y(svg, 'Every one of them')).toBe(14)
  const short = svgPicture({ definition: narrow, layout: { positions: {} } }, shown, () => 'each').svg
  expect(y(short, 'each')).toBe(y(short, 'Every one of them'))
  expect(svg).toContain('>A title that is longer than the pill</text>')
  // Two borders say that it is done for each.
  expect(svg.match(/stroke="band"/g)).toHaveLength(2)
  const error = y(svg, 'PaymentDeclined')
  const card = y(svg, 'g') - 24
  expect(error + 9).toBeLessThanOrEqual(card + 4)
  expect(svg).toMatch(/fill="red"[^>]*>PaymentDeclined</)
})
