// A group drawn with the mouse: over the canvas lies a glass that takes a rectangle, or Escape.
import { useReactFlow } from '@xyflow/react'
import { useEffect, useState } from 'react'
import type { Diagram } from '../drawing/diagram.ts'
import type { Position } from '../drawing/drawing.ts'
import type { Rect } from '../drawing/edge-route.ts'
import { scopeOrigin, scopeUnder } from '../drawing/scope-under.ts'
import { drawGroup, useFrameDrawing } from '../store/drawing-marks.ts'
import styles from './marks.module.css'

export function FrameDrawing({ diagram }: { readonly diagram: Diagram }) {
  const isDrawing = useFrameDrawing((state) => state.isDrawing)
  return isDrawing ? <Glass diagram={diagram} /> : null
}

const between = (a: Position, b: Position): Rect => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
})

const end = () => useFrameDrawing.setState({ isDrawing: false })

/** A click is no rectangle. */
const least = 12

function Glass({ diagram }: { readonly diagram: Diagram }) {
  const { screenToFlowPosition } = useReactFlow()
  const [drawn, setDrawn] = useState<{ readonly from: Position; readonly to: Position }>()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      end()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])
  const finish = () => {
    end()
    if (drawn === undefined) return
    const from = screenToFlowPosition(drawn.from, { snapToGrid: false })
    const rect = between(from, screenToFlowPosition(drawn.to, { snapToGrid: false }))
    if (rect.width < least || rect.height < least) return
    const { scope } = scopeUnder(diagram, from)
    const origin = scopeOrigin(diagram, scope)
    drawGroup(scope, { ...rect, x: rect.x - origin.x, y: rect.y - origin.y })
  }
  const shown = drawn && between(drawn.from, drawn.to)
  return (
    <div
      className={styles.glass}
      data-testid="frame-drawing"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        const at = { x: event.clientX, y: event.clientY }
        setDrawn({ from: at, to: at })
      }}
      onPointerMove={(event) => {
        const to = { x: event.clientX, y: event.clientY }
        setDrawn((before) => before && { from: before.from, to })
      }}
      onPointerUp={finish}
      onPointerCancel={end}
    >
      <p className={styles.hint} role="status">
        Draw a rectangle around the steps that belong together. Esc leaves it.
      </p>
      {shown && (
        <div
          className={styles.rectangle}
          style={{ left: shown.x, top: shown.y, width: shown.width, height: shown.height }}
        />
      )}
    </div>
  )
}
