// The whole drawing in small, and what of it is in view. Two paths draw all boxes, however many there are.
import { Panel, type ReactFlowState, useReactFlow, useStore } from '@xyflow/react'
import { type PointerEvent, useMemo, useRef } from 'react'
import { absolutePlaces, allPlaces, type Diagram, type DiagramBox } from '../drawing/diagram.ts'
import { boundsOf } from '../drawing/mark-places.ts'
import styles from './canvas.module.css'

const width = 150
const height = 100

const viewOf = ({ transform: [x, y, zoom], width, height }: ReactFlowState) =>
  [-x / zoom, -y / zoom, width / zoom, height / zoom].join(' ')

const nothing = { x: 0, y: 0, width: 0, height: 0 }

const rectangle = (x: number, y: number, width: number, height: number) => `M${x} ${y}h${width}v${height}h${-width}z`

export interface OverviewProps {
  readonly boxes: readonly DiagramBox[]
  readonly marks: Pick<Diagram, 'notes' | 'groups'>
  readonly label: string
}

/** Drag or click to go there, turn the wheel to zoom. */
export function Overview({ boxes, marks: { notes, groups }, label }: OverviewProps) {
  const flow = useReactFlow()
  const isHeld = useRef(false)
  const [x = 0, y = 0, seenWidth = 0, seenHeight = 0] = useStore(viewOf).split(' ').map(Number)
  const { bounds, cards, containers } = useMemo(() => drawn({ boxes, notes, groups }), [boxes, notes, groups])

  // What is seen may lie outside of what is drawn.
  const left = Math.min(bounds.x, x)
  const top = Math.min(bounds.y, y)
  const right = Math.max(bounds.x + bounds.width, x + seenWidth)
  const bottom = Math.max(bounds.y + bounds.height, y + seenHeight)
  const scale = Math.max((right - left) / width, (bottom - top) / height) * 1.05 || 1
  const from = { x: (left + right - width * scale) / 2, y: (top + bottom - height * scale) / 2 }

  const go = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const at = { x: from.x + (event.clientX - box.left) * scale, y: from.y + (event.clientY - box.top) * scale }
    const { zoom } = flow.getViewport()
    void flow.setCenter(at.x, at.y, { zoom, duration: isHeld.current ? 0 : 150 })
  }
  return (
    <Panel position="top-right" className={styles.overview ?? ''}>
      <svg
        width={width}
        height={height}
        viewBox={`${from.x} ${from.y} ${width * scale} ${height * scale}`}
        role="img"
        aria-label={label}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          go(event)
          isHeld.current = true
        }}
        onPointerMove={(event) => {
          if (isHeld.current) go(event)
        }}
        onPointerUp={() => {
          isHeld.current = false
        }}
        onPointerCancel={() => {
          isHeld.current = false
        }}
        onWheel={({ deltaY }) => void flow.zoomTo(flow.getZoom() * 2 ** (-deltaY / 400))}
      >
        <path d={containers} className={styles.overviewContainer} />
        <path d={cards} className={styles.overviewCard} />
        <path
          d={`${rectangle(from.x, from.y, width * scale, height * scale)}${rectangle(x, y, seenWidth, seenHeight)}`}
          className={styles.overviewMask}
        />
      </svg>
    </Panel>
  )
}

function drawn(parts: Pick<Diagram, 'boxes' | 'notes' | 'groups'>) {
  const places = absolutePlaces(parts.boxes)
  const path = (isCard: boolean) =>
    parts.boxes
      .filter(({ kind }) => (kind === 'card' || kind === 'start') === isCard && kind !== 'lane')
      .map((box) => {
        const place = places.get(box.path) ?? box
        return rectangle(place.x, place.y, place.width, place.height)
      })
      .join('')
  return { bounds: boundsOf([...allPlaces(parts).values()]) ?? nothing, cards: path(true), containers: path(false) }
}
