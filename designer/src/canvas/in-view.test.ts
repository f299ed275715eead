import { expect, test } from 'vitest'
import { allPlaces, diagramOf } from '../drawing/diagram.ts'
import type { Drawing } from '../drawing/drawing.ts'
import { emptyLayout } from '../drawing/drawing.ts'
import type { JsonObject } from '../drawing/json.ts'
import { partsIn, windowAround } from './in-view.ts'
import { boxNodes, type FlowOptions } from './to-flow.ts'
import { obstaclesOf, wireEdges } from './wires-to-flow.ts'

const chain = (names: readonly string[], last: JsonObject = {}) =>
  Object.fromEntries(
    names.map((name, index) => {
      const next = names[index + 1]
      return [name, { type: 'activity', activity: 'Echo', ...(next === undefined ? last : { next }) }]
    }),
  )
const names = Array.from({ length: 60 }, (_, index) => `s${index}`)
const inner = Array.from({ length: 30 }, (_, index) => `i${index}`)

/** A long chain that ends in a container with another long chain, and leads from there back to its third step. */
const drawing: Drawing = {
  definition: {
    name: 'long',
    start: 's0',
    steps: {
      ...chain(names, { next: 'each' }),
      each: { type: 'forEach', items: '{% $input %}', body: { start: 'i0', steps: chain(inner) }, next: 's2' },
    },
  } as unknown as JsonObject,
  layout: emptyLayout,
}
const diagram = diagramOf(drawing)
const places = allPlaces(diagram)
const nobody: ReadonlySet<string> = new Set()

function shown(at: { x: number; y: number; zoom?: number }, selected: readonly string[] = [], kept = nobody) {
  const options: FlowOptions = {
    definition: drawing.definition,
    isEditable: true,
    selection: new Set(selected),
    selectedEdges: new Set(selected),
  }
  const nodes = boxNodes(diagram, options, [])
  const edges = wireEdges(diagram, obstaclesOf(diagram, undefined), options, [])
  const { zoom = 1 } = at
  const window = windowAround({ x: -at.x * zoom, y: -at.y * zoom, zoom }, 800, 600)
  return { all: { nodes, edges }, ...partsIn(window, { nodes, edges }, places, kept) }
}

const place = (path: string) => {
  const found = places.get(path)
  if (found === undefined) throw new Error(`${path} is not drawn`)
  return found
}

test.each([0, 900, 3_000, 6_000])('whatever meets the view from %s on is drawn, and little else', (y) => {
  const { nodes, all } = shown({ x: -200, y })
  const ids = new Set(nodes.map(({ id }) => id))
  for (const { id } of all.nodes) {
    const { y: top, height } = place(id)
    if (top < y + 600 && top + height > y) expect(ids).toContain(id)
  }
  expect(nodes.length).toBeLessThan(all.nodes.length / 2)
})

test('every edge has both its ends, and every box the one around it, before it', () => {
  for (let y = -300; y < 12_000; y += 250) {
    const { nodes, edges } = shown({ x: -200, y })
    const order = new Map(nodes.map(({ id }, index) => [id, index]))
    for (const { source, target } of edges) expect([order.has(source), order.has(target)]).toEqual([true, true])
    for (const { id, parentId } of nodes) {
      if (parentId !== undefined) expect(order.get(parentId)).toBeLessThan(order.get(id) ?? -1)
    }
  }
})

test('an edge that passes by is drawn although both of its ends are out of sight', () => {
  const { edges, all } = shown({ x: -200, y: place('s30').y })
  const back = all.edges.find(({ source, target }) => source === 'each' && target === 's2')
  expect(back).toBeDefined()
  expect(edges).toContain(back)
})

test('what is selected or held stays', () => {
  const far = { x: -200, y: place('s40').y }
  expect(shown(far).nodes.map(({ id }) => id)).not.toContain('s0')
  expect(shown(far, ['s0']).nodes.map(({ id }) => id)).toContain('s0')
  expect(shown(far, [], new Set(['s0'])).nodes.map(({ id }) => id)).toContain('s0')
  const edge = shown(far).all.edges.find(({ source }) => source === 's0')
  expect(shown(far, [edge?.id ?? '']).edges.map(({ id }) => id)).toContain(edge?.id)
})

test('the window stays the same while the view moves a little, and holds the view', () => {
  const windows = new Set<string>()
  for (let y = 0; y < 1_024; y += 8) {
    const window = windowAround({ x: 0, y: -y, zoom: 1 }, 800, 600)
    const [left = 0, top = 0, right = 0, bottom = 0] = window.split(' ').map(Number)
    expect([left < 0, top < y, right > 800, bottom > y + 600]).toEqual([true, true, true, true])
    windows.add(window)
  }
  expect(windows.size).toBeLessThan(24)
  const [left = 0, , right = 0] = windowAround({ x: 0, y: 0, zoom: 0.1 }, 800, 600).split(' ').map(Number)
  expect(right - left).toBeGreaterThan(8_000)
})
