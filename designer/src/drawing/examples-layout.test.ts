// Every example of the language opens laid out: no box covers another, and what stands inside of a box stays inside.
import { describe, expect, test } from 'vitest'
import { type DiagramBox, diagramOf } from './diagram.ts'
import { emptyLayout, type Layout } from './drawing.ts'
import type { JsonObject } from './json.ts'

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
