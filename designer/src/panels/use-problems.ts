import type { CheckContext } from '@durable-canvas/schema'
import { useEffect, useMemo, useRef } from 'react'
import { useActivities, useDefinitions } from '../api/definitions.ts'
import { useDrawing } from '../store/drawing-store.ts'
import type { CheckAnswer, CheckRequest } from './problems.worker.ts'

const quietMs = 120

/** Keeps the store's problems true to the drawing. The last answer wins; one that is overtaken is dropped. */
export function useProblems(): void {
  const context = useCheckContext()
  const worker = useRef<Worker>(undefined)
  const latest = useRef(0)
  useEffect(() => {
    const checker = new Worker(new URL('./problems.worker.ts', import.meta.url), { type: 'module' })
    checker.onmessage = ({ data }: MessageEvent<CheckAnswer>) => {
      if (data.id !== latest.current) return
      // Nothing, again, is no news: the usual answer to a letter draws nobody anew.
      const isNews = data.problems.length > 0 || useDrawing.getState().problems.length > 0
      if (isNews) useDrawing.setState({ problems: data.problems })
    }
    worker.current = checker
    return () => {
      checker.terminate()
      worker.current = undefined
    }
  }, [])
  // Not by a render: this hook stands in the whole drawing board, which no letter should draw anew.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const checkSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        latest.current += 1
        const { definition } = useDrawing.getState().drawing
        const request: CheckRequest = { id: latest.current, document: definition, context }
        worker.current?.postMessage(request)
      }, quietMs)
    }
    checkSoon()
    const stop = useDrawing.subscribe(({ drawing }, before) => {
      if (drawing.definition !== before.drawing.definition) checkSoon()
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [context])
}

function useCheckContext(): CheckContext {
  const { data: activities } = useActivities()
  const { data: definitions } = useDefinitions()
  return useMemo(
    () => ({
      ...(activities && { activities: activities.map(({ name }) => name) }),
      ...(definitions && { definitions: definitions.map(({ name }) => name) }),
    }),
    [activities, definitions],
  )
}
