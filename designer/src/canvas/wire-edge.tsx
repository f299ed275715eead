// An edge: its own way around the boxes, a label where it carries one, and a + in its middle.
import type { EdgeProps } from '@xyflow/react'
import { memo, useContext, useMemo } from 'react'
import { type Point, routeEdge } from '../drawing/edge-route.ts'
import { portIndex, portKind } from '../drawing/ports.ts'
import { idOf, isStartPath } from '../drawing/static-path.ts'
import { arrowHead, labelWidth, roundedPath, spotOnPath } from '../drawing/wire-path.ts'
import styles from './canvas.module.css'
import { CanvasActionsContext } from './canvas-actions.ts'
import { useIsFarAway } from './far-away.tsx'
import type { WireEdge as Wire, WireData } from './flow-types.ts'
import { testIds } from './test-ids.ts'

export const WireEdge = memo(function WireEdge(props: EdgeProps<Wire>) {
  const { id, sourceX, sourceY, targetX, targetY, data, selected } = props
  const points = useMemo(
    () =>
      data === undefined
        ? []
        : routeEdge({
            from: { x: sourceX, y: sourceY },
            to: { x: targetX, y: targetY },
            exit: data.exit,
            obstacles: data.obstacles,
            turned: data.direction === 'LR',
            turns: data.isFork ? 'early' : 'late',
            slot: portKind(data.edge.port) === 'catch' ? portIndex(data.edge.port) : 0,
          }),
    [sourceX, sourceY, targetX, targetY, data],
  )
  const isFar = useIsFarAway()
  if (data === undefined) return null
  const { edge } = data
  const path = roundedPath(points)
  return (
    <g
      className={styles.edge}
      data-testid={testIds.edge(id)}
      data-edge={id}
      data-kind={portKind(edge.port)}
      data-selected={selected === true}
      data-drop={data.isDropTarget}
      data-taken={data.isTaken}
      data-change={data.difference}
      data-back={edge.isBack}
    >
      {!isFar && <path className={styles.reach} d={path} />}
      <path className={`${styles.wire} react-flow__edge-path`} d={path} style={{ stroke: 'var(--wire)' }} />
      {!isFar && <OnWire id={id} points={points} data={data} />}
    </g>
  )
})

/** Its arrow, its label and its +; a cross on one that is gone. */
function OnWire({
  id,
  points,
  data,
}: {
  readonly id: string
  readonly points: readonly Point[]
  readonly data: WireData
}) {
  const { edge } = data
  const { label, plus } = spotOnPath(points, edge.label, data.obstacles)
  return (
    <>
      <path className={styles.arrow} d={arrowHead(points)} />
      {data.difference === 'removed' && <path className={styles.cross} d={crossAt(plus)} />}
      {edge.label !== '' && <WireLabel text={edge.label} at={label} />}
      {data.isEditable && <Plus id={id} at={plus} from={edge.from} to={edge.to} />}
    </>
  )
}

/** So that not the colour alone says it. */
const crossAt = ({ x, y }: Point) => `M${x - 4} ${y - 4}l8 8m-8 0l8 -8`

function WireLabel({ text, at }: { readonly text: string; readonly at: Point }) {
  const width = labelWidth(text)
  return (
    <g className={styles.label} transform={`translate(${at.x}, ${at.y})`}>
      <rect x={-width / 2} y={-9} width={width} height={18} rx={4} />
      <text>{text}</text>
    </g>
  )
}

function Plus({
  id,
  at,
  from,
  to,
}: {
  readonly id: string
  readonly at: Point
  readonly from: string
  readonly to: string
}) {
  const { quickAdd } = useContext(CanvasActionsContext)
  const open = (element: Element) => {
    const box = element.getBoundingClientRect()
    quickAdd?.(id, { x: box.right, y: box.top })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button element cannot stand inside of an SVG
    <g
      className={styles.plus}
      transform={`translate(${at.x}, ${at.y})`}
      role="button"
      tabIndex={-1}
      aria-label={`Insert a step between ${isStartPath(from) ? 'the start' : idOf(from)} and ${idOf(to)}`}
      data-testid={testIds.edgePlus(id)}
      onClick={(event) => {
        event.stopPropagation()
        open(event.currentTarget)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        open(event.currentTarget)
      }}
    >
      <circle r={9} />
      <path d="M-4 0H4M0 -4V4" />
    </g>
  )
}

export const wireEdgeTypes = { wire: WireEdge }
