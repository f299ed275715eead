// Connecting by drag. An edge let go on the free canvas offers the steps that could stand there.
import type { Connection, FinalConnectionState, IsValidConnection, OnConnectStart } from '@xyflow/react'
import { useCallback, useMemo, useState } from 'react'
import { connectionProblem } from '../drawing/connection-rules.ts'
import type { NewItem } from '../drawing/new-item.ts'
import { connect, reconnect } from '../drawing/operations/connect.ts'
import { insertAtPort } from '../store/drawing-insert.ts'
import { perform, useDrawing } from '../store/drawing-store.ts'
import type { WireEdge } from './flow-types.ts'
import { toOpenPort } from './port-of-handle.ts'

type OpenQuickAdd = (pick: (item: NewItem) => void, at: { x: number; y: number }) => void

export function useConnect(openQuickAdd: OpenQuickAdd) {
  const [isConnecting, setConnecting] = useState(false)

  const isValidConnection: IsValidConnection<WireEdge> = useCallback(({ source, sourceHandle, target }) => {
    const { definition } = useDrawing.getState().drawing
    return connectionProblem(definition, source, toOpenPort(sourceHandle), target) === undefined
  }, [])

  const onConnect = useCallback(({ source, sourceHandle, target }: Connection) => {
    perform((before) => connect(before, source, toOpenPort(sourceHandle), target))
  }, [])

  const onConnectStart: OnConnectStart = useCallback(() => setConnecting(true), [])

  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      setConnecting(false)
      const { fromHandle, toNode } = state
      if (toNode !== null || fromHandle === null || fromHandle.type !== 'source') return
      const point = 'clientX' in event ? event : event.changedTouches[0]
      if (point === undefined) return
      const { nodeId, id } = fromHandle
      openQuickAdd((item) => insertAtPort(item, nodeId, toOpenPort(id)), { x: point.clientX, y: point.clientY })
    },
    [openQuickAdd],
  )

  const onReconnect = useCallback((old: WireEdge, { source, sourceHandle, target }: Connection) => {
    const edge = old.data?.edge
    if (edge === undefined) return
    const newPort = toOpenPort(sourceHandle)
    perform((before) => reconnect(before, { from: edge.from, port: edge.port, newFrom: source, newPort, to: target }))
  }, [])

  const onReconnectStart = useCallback(() => setConnecting(true), [])
  const onReconnectEnd = useCallback(() => setConnecting(false), [])

  const handlers = useMemo(
    () => ({
      isValidConnection,
      onConnect,
      onConnectStart,
      onConnectEnd,
      onReconnect,
      onReconnectStart,
      onReconnectEnd,
    }),
    [isValidConnection, onConnect, onConnectStart, onConnectEnd, onReconnect, onReconnectStart, onReconnectEnd],
  )
  return { isConnecting, handlers }
}
