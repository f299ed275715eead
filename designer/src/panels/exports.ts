// Taking the drawing out, as a file.

import { markTokens } from '../canvas/mark-tokens.ts'
import type { DiagramBox } from '../drawing/diagram.ts'
import { toMermaid } from '../drawing/mermaid.ts'
import { svgPicture } from '../drawing/svg-picture.ts'
import { kindOf } from '../steps/registry.ts'
import { useDrawing } from '../store/drawing-store.ts'

export function exportJson(): void {
  const { drawing, name } = useDrawing.getState()
  save(`${name}.json`, 'application/json', `${JSON.stringify(drawing.definition, null, 2)}\n`)
}

/** With places, answers and tests: to draw on elsewhere, and what `durable-canvas test` runs. */
export function exportDrawing(): void {
  const { drawing, name } = useDrawing.getState()
  save(`${name}.drawing.json`, 'application/json', `${JSON.stringify(drawing, null, 2)}\n`)
}

export function exportMermaid(): void {
  const { drawing, name } = useDrawing.getState()
  save(`${name}.mmd`, 'text/plain', toMermaid(drawing))
}

export function exportSvg(): void {
  save(`${useDrawing.getState().name}.svg`, 'image/svg+xml', picture().svg)
}

/** Twice the size, so that it is sharp on every screen. */
export async function exportPng(): Promise<void> {
  const { svg, width, height } = picture()
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * 2
  canvas.height = height * 2
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob) saveBlob(`${useDrawing.getState().name}.png`, blob)
}

function picture() {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(`--dc-${name}`).trim()
  return svgPicture(
    useDrawing.getState().drawing,
    {
      background: token('bg'),
      surface: token('surface'),
      text: token('text'),
      muted: token('muted'),
      border: token('border-strong'),
      line: token('faint'),
      error: token('danger'),
      band: (box: DiagramBox) => token(`family-${box.kind === 'lane' ? 'flow' : kindOf(box.step).family}`),
      marks: {
        text: token('text'),
        line: (colour) => token(markTokens[colour]),
        ground: (colour) => token(`${markTokens[colour]}-soft`),
      },
    },
    (box) => (box.step === undefined ? '' : kindOf(box.step).secondLine(box.step)),
  )
}

const save = (name: string, type: string, text: string) => saveBlob(name, new Blob([text], { type }))

function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
