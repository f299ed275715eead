import type { Diagnostic } from '@codemirror/lint'
import { locator, type Problem } from '@durable-canvas/schema'
import { useDrawing } from '../store/drawing-store.ts'
import { quickFixFor } from './quick-fixes.ts'

/** Where each problem stands in the text. */
export function diagnosticsOf(text: string, problems: readonly Problem[], fault: string | undefined): Diagnostic[] {
  if (fault !== undefined) {
    const at = Number(/position (\d+)/.exec(fault)?.[1] ?? text.length)
    const from = Math.max(0, Math.min(at, text.length) - 1)
    return [{ from, to: Math.min(text.length, from + 1), severity: 'error', message: fault }]
  }
  const { definition } = useDrawing.getState().drawing
  const find = locator(
    text,
    problems.map(({ path }) => path),
  )
  return problems.flatMap((problem) => {
    const found = find(problem.path)
    if (found === undefined) return []
    const line = text.indexOf('\n', found.offset)
    const fix = quickFixFor(problem, definition)
    return [
      {
        from: found.offset,
        to: line < 0 ? text.length : line,
        severity: problem.severity,
        message: problem.message,
        ...(fix && { actions: [{ name: fix.title, apply: fix.run }] }),
      },
    ]
  })
}
