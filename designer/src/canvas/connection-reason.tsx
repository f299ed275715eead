import { useConnection } from '@xyflow/react'
import { useEffect, useState } from 'react'
import { connectionProblem } from '../drawing/connection-rules.ts'
import { useDrawing } from '../store/drawing-store.ts'
import styles from './canvas.module.css'
import { toOpenPort } from './port-of-handle.ts'
import { testIds } from './test-ids.ts'

/** Beside the pointer, why the edge that is being dragged may not end here. */
export function ConnectionReason() {
  const connection = useConnection()
  const definition = useDrawing((state) => state.drawing.definition)
  const pointer = usePointer(connection.inProgress)
  const from = connection.fromHandle
  const to = connection.toNode
  if (!connection.inProgress || from === null || to === null || pointer === undefined) return null
  if (from.nodeId === to.id && connection.toHandle?.id === from.id) return null
  const isReversed = from.type === 'target'
  const reason = isReversed
    ? connectionProblem(definition, to.id, toOpenPort(connection.toHandle?.id), from.nodeId)
    : connectionProblem(definition, from.nodeId, toOpenPort(from.id), to.id)
  if (reason === undefined) return null
  return (
    <div
      className={styles.reason}
      role="status"
      data-testid={testIds.connectionReason}
      style={{ left: pointer.x + 14, top: pointer.y + 14 }}
    >
      {reason}
    </div>
  )
}

function usePointer(isWatched: boolean): { x: number; y: number } | undefined {
  const [pointer, setPointer] = useState<{ x: number; y: number }>()
  useEffect(() => {
    if (!isWatched) return undefined
    const onMove = (event: PointerEvent) => setPointer({ x: event.clientX, y: event.clientY })
    window.addEventListener('pointermove', onMove)
    return () => {
      window.removeEventListener('pointermove', onMove)
      setPointer(undefined)
    }
  }, [isWatched])
  return pointer
}
