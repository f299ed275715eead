// A layered drawing of one scope: steps stand in ranks along the flow, edges run between neighbouring ranks, and
// long edges keep a lane free for themselves. The same graph gives the same picture on every machine.
export interface LayoutNode {
  readonly id: string
  readonly width: number
  readonly height: number
}

export interface LayoutEdge {
  readonly from: string
  readonly to: string
  /** How strongly it wants to be straight. */
  readonly weight: number
  /** Where it leaves its box, from the middle of the box. */
  readonly offset: number
}

export interface Gaps {
  readonly between: number
  readonly ranks: number
}

interface Cell {
  readonly id: string | undefined
  readonly width: number
  readonly height: number
  readonly rank: number
  readonly up: Link[]
  readonly down: Link[]
  /** The middle. */
  x: number
  order: number
}

interface Link {
  readonly cell: Cell
  readonly weight: number
  readonly offset: number
}

/** The upper left corner of each box; the whole begins at 0, 0. The first node is where the flow begins. */
export function layeredLayout(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  gaps: Gaps,
): { readonly corners: Map<string, { x: number; y: number }>; readonly width: number } {
  const cells = toCells(nodes, forwardEdges(nodes, edges))
  const ranks = toRanks(cells)
  for (let round = 0; round < 4; round += 1) sortRanks(ranks, round % 2 === 0)
  settle(ranks, gaps.between)
  return toCorners(ranks, gaps.ranks)
}

/** Edges that lead back to a step on the way to themselves are left out: they are routed around. */
function forwardEdges(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayoutEdge[] {
  const known = new Set(nodes.map(({ id }) => id))
  const leaving = new Map<string, LayoutEdge[]>(nodes.map(({ id }) => [id, []]))
  for (const edge of edges) if (known.has(edge.to)) leaving.get(edge.from)?.push(edge)
  const state = new Map<string, 'open' | 'done'>()
  const forward: LayoutEdge[] = []
  for (const { id: root } of nodes) {
    if (state.has(root)) continue
    state.set(root, 'open')
    const stack = [{ id: root, next: 0 }]
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = leaving.get(top.id)?.[top.next]
      top.next += 1
      if (edge === undefined) {
        state.set(top.id, 'done')
        stack.pop()
      } else if (state.get(edge.to) !== 'open') {
        forward.push(edge)
        if (!state.has(edge.to)) {
          state.set(edge.to, 'open')
          stack.push({ id: edge.to, next: 0 })
        }
      }
    }
  }
  return forward
}

function rankOf(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Map<string, number> {
  const waiting = new Map<string, number>(nodes.map(({ id }) => [id, 0]))
  const leaving = new Map<string, string[]>(nodes.map(({ id }) => [id, []]))
  for (const { from, to } of edges) {
    waiting.set(to, (waiting.get(to) ?? 0) + 1)
    leaving.get(from)?.push(to)
  }
  const ranks = new Map<string, number>(nodes.map(({ id }) => [id, 0]))
  const ready = nodes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id)
  for (const id of ready) {
    for (const to of leaving.get(id) ?? []) {
      ranks.set(to, Math.max(ranks.get(to) ?? 0, (ranks.get(id) ?? 0) + 1))
      const left = (waiting.get(to) ?? 0) - 1
      waiting.set(to, left)
      if (left === 0) ready.push(to)
    }
  }
  return ranks
}

function toCells(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Cell[] {
  const ranks = rankOf(nodes, edges)
  const cell = (id: string | undefined, width: number, height: number, rank: number): Cell => ({
    id,
    width,
    height,
    rank,
    up: [],
    down: [],
    x: 0,
    order: 0,
  })
  const byId = new Map(nodes.map(({ id, width, height }) => [id, cell(id, width, height, ranks.get(id) ?? 0)]))
  const lanes: Cell[] = []
  const link = (upper: Cell, lower: Cell, weight: number, offset: number) => {
    upper.down.push({ cell: lower, weight, offset })
    lower.up.push({ cell: upper, weight, offset })
  }
  // Depth-first order of the edges is the order in which boxes of a rank first stand.
  for (const { from, to, weight, offset } of edges) {
    const target = byId.get(to)
    let upper = byId.get(from)
    if (upper === undefined || target === undefined) continue
    let leaves = offset
    for (let rank = upper.rank + 1; rank < target.rank; rank += 1) {
      const lane = cell(undefined, 24, 0, rank)
      lanes.push(lane)
      link(upper, lane, weight * 2, leaves)
      leaves = 0
      upper = lane
    }
    link(upper, target, weight, leaves)
  }
  return [...byId.values(), ...lanes]
}

function toRanks(cells: readonly Cell[]): Cell[][] {
  const ranks: Cell[][] = []
  const seen = new Set<Cell>()
  const visit = (first: Cell) => {
    const stack = [first]
    for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
      if (seen.has(cell)) continue
      seen.add(cell)
      while (ranks.length <= cell.rank) ranks.push([])
      const rank = ranks[cell.rank] ?? []
      cell.order = rank.length
      rank.push(cell)
      for (const { cell: lower } of [...cell.down].reverse()) stack.push(lower)
    }
  }
  for (const cell of cells) if (cell.up.length === 0) visit(cell)
  return ranks
}

function sortRanks(ranks: readonly Cell[][], downwards: boolean): void {
  for (const rank of downwards ? ranks : ranks.toReversed()) {
    if (rank.length < 2) continue
    const wanted = new Map<Cell, number>()
    for (const cell of rank) wanted.set(cell, orderPull(cell, downwards))
    rank.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || a.order - b.order)
    for (const [index, cell] of rank.entries()) cell.order = index
  }
}

function orderPull(cell: Cell, downwards: boolean): number {
  let sum = 0
  let weights = 0
  for (const { cell: other, offset, weight } of downwards ? cell.up : cell.down) {
    sum += (other.order + (downwards ? offset / 10_000 : 0)) * weight
    weights += weight
  }
  return weights === 0 ? cell.order : sum / weights
}

const rounds = 10

/** What a cell is pulled by. */
type Pull = 'itself' | 'up' | 'down' | 'both'

/** Boxes go towards the middle of what they are joined with, as far as their neighbours let them. */
function settle(ranks: readonly Cell[][], gap: number): void {
  for (const rank of ranks) spread(rank, gap, 'itself')
  const upwards = ranks.toReversed()
  for (let round = 0; round < rounds; round += 1) {
    const isDown = round % 2 === 0
    const pull: Pull = round === rounds - 2 ? 'both' : isDown ? 'up' : 'down'
    for (const rank of isDown ? ranks : upwards) spread(rank, gap, pull)
  }
  for (const rank of ranks) straighten(rank, gap)
}

/** A bend smaller than this looks like a slip of the hand. */
const slip = 16

/** Boxes that stand nearly below what leads to them stand exactly there; those beside them make room. */
function straighten(rank: readonly Cell[], gap: number): void {
  for (const [index, cell] of rank.entries()) {
    const before = rank[index - 1]
    if (before !== undefined) cell.x = Math.max(cell.x, beside(before, cell, gap))
    const at = placeBelow(cell)
    if (at === undefined || Math.abs(at - cell.x) >= slip) continue
    const missing = before === undefined ? 0 : beside(before, cell, gap) - at
    if (missing > 0 && !makeRoomBefore(rank, index, missing, gap)) continue
    cell.x = at
  }
}

/** Where the line from the only box that leads to it is straight. */
function placeBelow({ up }: Cell): number | undefined {
  const [only, ...others] = up
  return only === undefined || others.length > 0 ? undefined : only.cell.x + only.offset
}

/** Moves those on the left further to the left, unless a line to one of them is straight now. */
function makeRoomBefore(rank: readonly Cell[], index: number, missing: number, gap: number): boolean {
  const moves: { readonly cell: Cell; readonly x: number }[] = []
  let by = missing
  for (let at = index - 1; at >= 0 && by > 0; at -= 1) {
    const cell = rank[at]
    if (cell === undefined) break
    if (cell.x === placeBelow(cell)) return false
    moves.push({ cell, x: cell.x - by })
    const before = rank[at - 1]
    by = before === undefined ? 0 : beside(before, cell, gap) - (cell.x - by)
  }
  for (const { cell, x } of moves) cell.x = x
  return true
}

const beside = (left: Cell, right: Cell, gap: number) => left.x + (left.width + right.width) / 2 + gap

/** Places that boxes next to each other wish for together: their weighted sum. */
interface Pool {
  sum: number
  weight: number
  count: number
}

/** Where a cell wishes to stand; what holds nothing stays where it is. `shift` is what its left neighbours take. */
function wish(cell: Cell, pull: Pull, shift: number): Pool {
  let sum = 0
  let weight = 0
  if (pull === 'up' || pull === 'both') {
    for (const link of cell.up) {
      sum += (link.cell.x + link.offset) * link.weight
      weight += link.weight
    }
  }
  if (pull === 'down' || pull === 'both') {
    for (const link of cell.down) {
      sum += (link.cell.x - link.offset) * link.weight
      weight += link.weight
    }
  }
  if (weight > 0) return { sum: sum - shift * weight, weight, count: 1 }
  const own = pull === 'itself' ? 1 : 0.01
  return { sum: (cell.x - shift) * own, weight: own, count: 1 }
}

/**
 * The places nearest to the wishes (least squares) that keep the order and the gaps: with the widths taken out,
 * that is a regression to a rising line, which pooling neighbours solves exactly.
 */
function spread(rank: readonly Cell[], gap: number, pull: Pull): void {
  const [only] = rank
  if (only !== undefined && rank.length === 1) {
    const { sum, weight } = wish(only, pull, 0)
    only.x = sum / weight
    return
  }
  const pools: Pool[] = []
  const shifts: number[] = []
  let shift = 0
  let before: Cell | undefined
  for (const cell of rank) {
    if (before !== undefined) shift += (before.width + cell.width) / 2 + gap
    before = cell
    shifts.push(shift)
    const pool = wish(cell, pull, shift)
    for (
      let last = pools.at(-1);
      last !== undefined && last.sum / last.weight > pool.sum / pool.weight;
      last = pools.at(-1)
    ) {
      pools.pop()
      pool.sum += last.sum
      pool.weight += last.weight
      pool.count += last.count
    }
    pools.push(pool)
  }
  let index = 0
  for (const { sum, weight, count } of pools) {
    for (let left = count; left > 0; left -= 1, index += 1) {
      const cell = rank[index]
      if (cell !== undefined) cell.x = sum / weight + (shifts[index] ?? 0)
    }
  }
}

function toCorners(ranks: readonly Cell[][], gap: number): ReturnType<typeof layeredLayout> {
  const left = Math.min(
    ...ranks.flatMap((rank) => rank.map((cell) => cell.x - cell.width / 2)),
    Number.POSITIVE_INFINITY,
  )
  const corners = new Map<string, { x: number; y: number }>()
  let y = 0
  for (const rank of ranks) {
    const tallest = Math.max(...rank.map(({ height }) => height))
    for (const cell of rank) {
      if (cell.id === undefined) continue
      corners.set(cell.id, {
        x: Math.round(cell.x - cell.width / 2 - left),
        y: Math.round(y + (tallest - cell.height) / 2),
      })
    }
    y += tallest + gap
  }
  const right = Math.max(...ranks.flatMap((rank) => rank.map((cell) => cell.x + cell.width / 2)), left)
  return { corners, width: ranks.length === 0 ? 0 : Math.round(right - left) }
}
