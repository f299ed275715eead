// Every example of the language opens laid out: no box covers another, and what stands inside of a box stays inside.
import { describe, expect, test } from 'vitest'
import { type DiagramBox, diagramOf } from './diagram.ts'
import { emptyLayout, type Layout } from './drawing.ts'
import type { JsonObject } from './json.ts'
import { portKind, portsOf } from './ports.ts'
import { portOffset } from './scope-measure.ts'

const examples = Object.entries(
  import.meta.glob<JsonObject>('../../../schema/examples/*.json', { eager: true, import: 'default' }),
).map(([file, definition]) => [file.replace(/^.*\//, ''), definition] as const)

const overlap = (a: DiagramBox, b: DiagramBox) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

const inside = (box: DiagramBox, parent: DiagramBox) =>
  box.x >= 0 && box.y >= 0 && box.x + box.width <= parent.width && box.y + box.height <= parent.height

test('there are examples', () => expect(examples.length).toBeGreaterThan(20))

describe.each(['TB', 'LR'] as const)('%s', (direction) => {
  test.each(examples)('%s', (_name, definition) => {
    const layout: Layout = { ...emptyLayout, direction }
    const { boxes, edges } = diagramOf({ definition, layout })
    const byPath = new Map(boxes.map((box) => [box.path, box]))
    const wrong: string[] = []
    for (const [index, box] of boxes.entries()) {
      const parent = box.parent === undefined ? undefined : byPath.get(box.parent)
      if (parent && !inside(box, parent)) wrong.push(`${box.path} sticks out of ${parent.path}`)
      for (const other of boxes.slice(index + 1)) {
        if (other.parent === box.parent && overlap(box, other)) wrong.push(`${box.path} covers ${other.path}`)
      }
    }
    expect(wrong).toEqual([])
    expect(edges.filter(({ from, to }) => !byPath.has(from) || !byPath.has(to))).toEqual([])
  })
})

test.each(['approval.json', 'choice.json', 'process-order.json'])('in %s no line bends by a few pixels', (file) => {
  const definition = examples.find(([name]) => name === file)?.[1] ?? {}
  const { boxes, edges } = diagramOf({ definition, layout: emptyLayout })
  const boxAt = new Map(boxes.map((box) => [box.path, box]))
  const slips = edges.flatMap(({ id, from, to, port }) => {
    const upper = boxAt.get(from)
    const lower = boxAt.get(to)
    if (upper === undefined || lower === undefined || portKind(port) === 'onTimeout') return []
    const leaves = upper.x + upper.width / 2 + portOffset(portsOf(upper.step ?? {}), port, upper.width)
    const by = Math.abs(leaves - lower.x - lower.width / 2)
    return by >= 1 && by < 16 ? [`${id} by ${by}`] : []
  })
  expect(slips).toEqual([])
})
