import type { Compiler, Evaluate } from '../compiler.ts'
import { Frame } from '../frame.ts'
import { parseSignature } from '../signature.ts'
import { required, type SyntaxNode } from '../syntax-tree.ts'
import { functionValue, type Value } from '../value.ts'

export function compileLambda(compiler: Compiler, node: SyntaxNode): Evaluate {
  const ids = (node.arguments ?? []).map((parameter) => compiler.boundId(String(parameter.value)))
  const signature = node.signature === undefined ? undefined : parseSignature(node.signature.definition)
  const { evaluate, height } = compiler.compileBody(required(node.body))
  return (input, frame, run) => {
    run.tick()
    return functionValue(
      (args, _context, inner) => {
        inner.tick()
        const values: Value[] = ids.map((_id, at) => args[at])
        return evaluate(input, new Frame(frame, ids, values), inner)
      },
      ids.length,
      signature,
      height + 4,
    )
  }
}
