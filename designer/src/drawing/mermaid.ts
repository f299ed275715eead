// The drawing as a Mermaid flowchart, for documents that are text.
import { diagramOf } from './diagram.ts'
import type { Drawing } from './drawing.ts'
import { textAt } from './json.ts'
import { portKind } from './ports.ts'

export function toMermaid(drawing: Drawing): string {
  const { boxes, edges, direction } = diagramOf({ ...drawing, layout: { ...drawing.layout, collapsed: [] } })
  const names = new Map(boxes.map((box, index) => [box.path, `n${index}`]))
  const name = (path: string) => names.get(path) ?? 'unknown'
  const lines = [`flowchart ${direction === 'LR' ? 'LR' : 'TD'}`]
  const draw = (parent: string | undefined, indent: string) => {
    for (const box of boxes.filter((one) => one.parent === parent)) {
      const title = said(textAt(box.step, 'title') || box.id)
      if (box.kind === 'container' || box.kind === 'lane') {
        lines.push(`${indent}subgraph ${name(box.path)}["${title}"]`)
        draw(box.path, `${indent}  `)
        lines.push(`${indent}end`)
      } else if (box.kind === 'start') {
        lines.push(
          `${indent}${name(box.path)}${parent === undefined ? `(["${said(textAt(drawing.definition, 'title') || 'start')}"])` : '((" "))'}`,
        )
      } else if (box.step?.type === 'choice') lines.push(`${indent}${name(box.path)}{"${title}"}`)
      else lines.push(`${indent}${name(box.path)}["${title}"]`)
    }
  }
  draw(undefined, '  ')
  for (const { from, to, port, label } of edges) {
    const arrow = portKind(port) === 'catch' || portKind(port) === 'onTimeout' ? '-.->' : '-->'
    lines.push(`  ${name(from)} ${arrow}${label === '' ? '' : `|"${said(label)}"|`} ${name(to)}`)
  }
  return `${lines.join('\n')}\n`
}

/** Quotes and brackets mean something to Mermaid; entities do not. */
function said(text: string): string {
  return text.replace(/[&"<>#;|[\]{}]/g, (char) => `#${char.charCodeAt(0)};`)
}
