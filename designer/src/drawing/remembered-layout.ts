// Most edits change what a step says and not how steps hang together: then the layout is the one from before. The key is
// the whole question, so that an answer can never be a wrong one.
import { type Gaps, type LayoutEdge, type LayoutNode, layeredLayout } from './layered-layout.ts'

type Answer = ReturnType<typeof layeredLayout>

/** In boxes: drawings of some thousand steps in hundreds of scopes, in both directions. */
const most = 20_000
let held = 0
const answers = new Map<string, Answer>()

export function rememberedLayout(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], gaps: Gaps): Answer {
  const key = questionOf(nodes, edges, gaps)
  const known = answers.get(key)
  const answer = known ?? layeredLayout(nodes, edges, gaps)
  // Asked last, kept longest.
  answers.delete(key)
  answers.set(key, answer)
  if (known === undefined) held += nodes.length
  for (const [oldest, { corners }] of answers) {
    if (held <= most || oldest === key) break
    answers.delete(oldest)
    held -= corners.size
  }
  return answer
}

function questionOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], gaps: Gaps): string {
  const places = nodes.map(({ id, width, height }) => `${id} ${width} ${height}`)
  const ways = edges.map(({ from, to, weight, offset }) => `${from} ${to} ${weight} ${offset}`)
  return `${gaps.between} ${gaps.ranks}\n${places.join('\n')}\n\n${ways.join('\n')}`
}
