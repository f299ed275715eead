import type { Run } from './run.ts'

/** Stable, and comparing in the same order as JSONata does, which shows where a comparison contradicts itself. */
export function mergeSort<T>(items: readonly T[], comesAfter: (a: T, b: T) => boolean, run: Run): T[] {
  run.allow(items.length)
  const sort = (from: number, to: number): T[] => {
    if (to - from <= 1) return items.slice(from, to)
    const middle = from + Math.floor((to - from) / 2)
    return merge(sort(from, middle), sort(middle, to))
  }
  const merge = (left: readonly T[], right: readonly T[]): T[] => {
    const merged: T[] = []
    let l = 0
    let r = 0
    while (l < left.length && r < right.length) {
      run.tick()
      const a = left[l] as T
      const b = right[r] as T
      if (comesAfter(a, b)) {
        merged.push(b)
        r++
      } else {
        merged.push(a)
        l++
      }
    }
    return merged.concat(left.slice(l), right.slice(r))
  }
  return sort(0, items.length)
}
