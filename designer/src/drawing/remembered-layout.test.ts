import { expect, test } from 'vitest'
import { layeredLayout } from './layered-layout.ts'
import { rememberedLayout } from './remembered-layout.ts'

const gaps = { between: 36, ranks: 60 }

const chain = (name: string, length: number) => ({
  nodes: Array.from({ length }, (_, index) => ({ id: `${name}${index}`, width: 220, height: 56 })),
  edges: Array.from({ length: length - 1 }, (_, index) => ({
    from: `${name}${index}`,
    to: `${name}${index + 1}`,
    weight: 1,
    offset: 0,
  })),
})

const asked = ({ nodes, edges }: ReturnType<typeof chain>) => rememberedLayout(nodes, edges, gaps)

test('the same question has the same answer, and a question that differs in anything has its own', () => {
  const first = chain('a', 3)
  const answer = asked(first)
  expect(asked(chain('a', 3))).toBe(answer)
  expect(answer).toEqual(layeredLayout(first.nodes, first.edges, gaps))
  expect(rememberedLayout(first.nodes, first.edges, { ...gaps, ranks: 80 })).not.toBe(answer)
  expect(rememberedLayout(first.nodes, first.edges.slice(1), gaps)).not.toBe(answer)
  const [broad, ...others] = first.nodes
  expect(rememberedLayout(broad ? [{ ...broad, width: 400 }, ...others] : [], first.edges, gaps)).not.toBe(answer)
})

test('what was not asked for longest is forgotten first, and worked out again the same', () => {
  const old = asked(chain('old', 20))
  const kept = asked(chain('kept', 20))
  for (let round = 0; round < 11; round += 1) {
    asked(chain(`round${round}-`, 2_000))
    expect(asked(chain('kept', 20))).toBe(kept)
  }
  expect(asked(chain('round10-', 2_000))).toBe(asked(chain('round10-', 2_000)))
  const again = asked(chain('old', 20))
  expect(again).not.toBe(old)
  expect(again).toEqual(old)
})
