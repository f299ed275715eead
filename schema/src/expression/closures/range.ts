import type { Evaluate } from '../compiler.ts'
import { Fault, located } from '../fault.ts'
import { newSequence, type Value } from '../value.ts'

const rangeLimit = 10_000_000

export function compileRange(left: Evaluate, right: Evaluate, position: number | undefined): Evaluate {
  return (input, frame, run) => {
    run.tick()
    const first = checkBound(left(input, frame, run), 'T2003', position)
    const last = checkBound(right(input, frame, run), 'T2004', position)
    if (first === undefined || last === undefined || first > last) return undefined
    const size = last - first + 1
    if (size > rangeLimit) throw new Fault('D2014', { position, token: '..', value: size })
    const range = newSequence()
    try {
      run.allow(size)
      run.chargeElements(size)
    } catch (error) {
      throw located(error, position, '..')
    }
    for (let item = first; item <= last; item++) range.push(item)
    return range
  }
}

function checkBound(value: Value, code: string, position: number | undefined): number | undefined {
  if (value === undefined || Number.isInteger(value)) return value as number | undefined
  throw new Fault(code, { position, token: '..', value })
}
