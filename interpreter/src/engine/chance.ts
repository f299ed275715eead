import { randomBytes } from 'node:crypto'

/** Where the engine takes its ids and its jitter from; a simulation draws them from its seed. */
export interface Chance {
  /** Hexadecimal text of so many random bytes. */
  id(bytes: number): string
  /** 0 ≤ x < 1 */
  draw(): number
}

export const systemChance: Chance = {
  id: (bytes) => randomBytes(bytes).toString('hex'),
  draw: () => Math.random(),
}
