import type { Compiler, Evaluate } from '../compiler.ts'
import type { SyntaxNode } from '../syntax-tree.ts'
import { newConstructedArray, type Value } from '../value.ts'
import { pushFlat } from './lookup.ts'

export function compileArray(compiler: Compiler, node: SyntaxNode): Evaluate {
  const items = (node.expressions ?? []).map((item) => ({
    evaluate: compiler.compile(item),
    // only arrays written as arrays nest; what else gives an array adds its items
    nests: item.value === '[',
  }))
  const isStep = node.consarray === true
  return (input, frame, run) => {
    run.tick()
    const result: Value[] = isStep ? newConstructedArray() : []
    for (const item of items) {
      const value = item.evaluate(input, frame, run)
      if (!item.nests) pushFlat(result, value, run)
      else if (value !== undefined) result.push(value)
    }
    return result
  }
}
