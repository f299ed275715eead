// The draft on the server and the drawing here. Opens the draft (or the latest version, where there is none), saves
// by itself a moment after the last change, always against the revision that it was made from. A lost race stops the
// saving until the author has decided; nothing is written over silently.
import type { Json } from '@durable-canvas/schema'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Draft } from '../api/api-types.ts'
import { useDefinition, useDefinitions } from '../api/definitions.ts'
import { forgetDraft, saveDraft, useDraft, useDraftNames } from '../api/drafts.ts'
import { keys } from '../api/query-client.ts'
import { type Drawing, emptyLayout, newDrawing } from '../drawing/drawing.ts'
import { isObject } from '../drawing/json.ts'
import { layoutToStore, type OpenedLayout } from '../drawing/kept-layout.ts'
import { takeDrawing } from '../drawing/operations/take-drawing.ts'
import { readLayout } from '../drawing/read-layout.ts'
import { openDrawing, perform, useDrawing } from '../store/drawing-store.ts'
import { notifyFailed } from '../ui/notify.ts'

export type SaveState =
  | { readonly kind: 'new' }
  | { readonly kind: 'saved'; readonly at: string | undefined }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'conflict'; readonly newer: Draft | null }

export interface DraftSession {
  readonly phase: 'ready'
  readonly save: SaveState
  /** The draft as it was when the race was lost. */
  readonly base: Drawing
  readonly saveNow: () => void
  /** One undo brings mine back. */
  readonly takeTheirs: (newer: Draft) => void
  /** Saves this drawing over the newer revision, on purpose. */
  readonly keepMine: (newer: Draft | null) => void
  /** Goes on from their revision with this drawing. */
  readonly goOnWith: (newer: Draft, merged: Drawing) => void
}

export type SessionState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'failed'; readonly error: unknown; readonly retry: () => void }
  | DraftSession

const changedElsewhere = 'Another tab or person saved the draft in the meantime. Theirs stands.'
const quietMs = 700
const retryMs = 5_000

/** Nothing at all is the beginning of a drawing. */
const isDrawable = (definition: unknown): boolean => definition == null || isObject(definition)

export function drawingOf(definition: unknown, layout: unknown, name: string): Drawing {
  return {
    definition: isObject(definition) ? definition : newDrawing(name).definition,
    layout: readLayout(layout) ?? emptyLayout,
  }
}

/** Theirs is what was sent: the answer to an earlier save was lost, or both had the same idea. */
function sameDraft(
  newer: Draft | null,
  sent: { readonly definition: unknown; readonly layout: Json },
): Draft | undefined {
  if (newer === null) return undefined
  const isSame = [newer.definition, newer.layout].every(
    (value, index) => JSON.stringify(value) === JSON.stringify([sent.definition, sent.layout][index]),
  )
  return isSame ? newer : undefined
}

export function useDraftSession(name: string): SessionState {
  const drafts = useDraftNames()
  const definitions = useDefinitions()
  // Only what is there is asked for: a refused request stands in the browser's console as an error.
  const hasDraft = drafts.data?.includes(name)
  const isDeployed = definitions.data?.some((one) => one.name === name)
  const draft = useDraft(hasDraft === true ? name : undefined)
  const deployed = useDefinition(isDeployed === true ? name : undefined)
  const client = useQueryClient()
  const [save, setSave] = useState<SaveState>({ kind: 'new' })
  const [isReady, setReady] = useState(false)
  const revision = useRef<number | null>(null)
  /** As drawn here last; the store may hold another draft by the time that a save ends. */
  const drawn = useRef<Drawing>(newDrawing(name))
  const saved = useRef<Drawing>(undefined)
  const base = useRef<Drawing>(newDrawing(name))
  const layout = useRef<OpenedLayout>({ stored: null, read: emptyLayout })
  const isSaving = useRef(false)
  const isStopped = useRef(false)
  const isLeft = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const isLoaded =
    hasDraft !== undefined &&
    isDeployed !== undefined &&
    (hasDraft ? draft.isSuccess : !isDeployed || deployed.isSuccess)
  // What is there already is shown at once, without a frame that says that it loads.
  useLayoutEffect(() => {
    if (!isLoaded || isReady) return
    const source = draft.data ?? deployed.data
    if (draft.data && !isDrawable(draft.data.definition)) return
    const drawing = source ? drawingOf(source.definition, source.layout, name) : newDrawing(name)
    revision.current = draft.data?.revision ?? null
    drawn.current = drawing
    saved.current = drawing
    base.current = drawing
    layout.current = { stored: (source?.layout ?? null) as Json, read: drawing.layout }
    openDrawing(name, drawing)
    setSave(draft.data ? { kind: 'saved', at: draft.data.updatedAt } : { kind: 'new' })
    setReady(true)
  }, [isLoaded, isReady, draft.data, deployed.data, name])

  const write = useCallback(async () => {
    clearTimeout(timer.current)
    const drawing = drawn.current
    if (isSaving.current || isStopped.current || drawing === saved.current) return
    isSaving.current = true
    setSave({ kind: 'saving' })
    try {
      const body = { definition: drawing.definition, layout: layoutToStore(layout.current, drawing.layout) }
      const answer = await saveDraft(name, body, revision.current)
      const stored = answer.saved ? answer.draft : sameDraft(answer.newer, body)
      if (stored) {
        revision.current = stored.revision
        saved.current = drawing
        base.current = drawing
        layout.current = { stored: body.layout, read: drawing.layout }
        // The list alone: what is drawn here is newer than any draft that could be read.
        void client.invalidateQueries({ queryKey: keys.drafts, exact: true })
        setSave({ kind: 'saved', at: stored.updatedAt ?? new Date().toISOString() })
      } else if (!answer.saved) {
        isStopped.current = true
        setSave({ kind: 'conflict', newer: answer.newer })
        if (isLeft.current) notifyFailed(`The last change of ${name} was not saved`, new Error(changedElsewhere))
      }
    } catch (error) {
      setSave({ kind: 'failed', error })
      timer.current = setTimeout(() => void write(), retryMs)
    } finally {
      isSaving.current = false
    }
    if (!isStopped.current && drawn.current !== drawing) timer.current = setTimeout(() => void write(), quietMs)
  }, [client, name])

  useEffect(() => {
    if (!isReady) return undefined
    const stop = useDrawing.subscribe((state, before) => {
      if (state.drawing === before.drawing || state.name !== name) return
      drawn.current = state.drawing
      if (isStopped.current) return
      if (!isSaving.current)
        setSave((now) => (now.kind === 'unsaved' || now.kind === 'failed' ? now : { kind: 'unsaved' }))
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void write(), quietMs)
    })
    const flush = () => {
      if (document.visibilityState === 'hidden') void write()
    }
    document.addEventListener('visibilitychange', flush)
    isLeft.current = false
    return () => {
      isLeft.current = true
      stop()
      document.removeEventListener('visibilitychange', flush)
      void write()
      forgetDraft(client, name)
    }
  }, [isReady, client, name, write])

  // Leaving with something unsaved asks first; the usual case is a save that is still on its way.
  useEffect(() => {
    if (save.kind === 'saved' || save.kind === 'new') return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [save.kind])

  const resume = useCallback(
    (newer: Draft | null) => {
      isStopped.current = false
      revision.current = newer?.revision ?? null
      if (newer) layout.current = { stored: newer.layout, read: drawingOf(newer.definition, newer.layout, name).layout }
    },
    [name],
  )

  const takeTheirs = useCallback(
    (newer: Draft) => {
      resume(newer)
      const theirs = drawingOf(newer.definition, newer.layout, name)
      perform((before) => takeDrawing(before, theirs, 'Take theirs'))
      saved.current = useDrawing.getState().drawing
      base.current = saved.current
      setSave({ kind: 'saved', at: newer.updatedAt })
    },
    [name, resume],
  )
  const keepMine = useCallback(
    (newer: Draft | null) => {
      resume(newer)
      saved.current = undefined
      void write()
    },
    [resume, write],
  )

  const goOnWith = useCallback(
    (newer: Draft, merged: Drawing) => {
      resume(newer)
      saved.current = undefined
      perform((before) => takeDrawing(before, merged, 'Merge with theirs'))
      void write()
    },
    [resume, write],
  )

  const error = drafts.error ?? definitions.error ?? draft.error ?? (hasDraft ? null : deployed.error)
  if (isReady)
    return { phase: 'ready', save, base: base.current, saveNow: () => void write(), takeTheirs, keepMine, goOnWith }
  // Drawn on, it would be written over.
  if (isLoaded && draft.data && !isDrawable(draft.data.definition)) {
    const cause = new Error('What is stored as its definition is no JSON object. It was left as it is.')
    return { phase: 'failed', error: cause, retry: () => void client.refetchQueries() }
  }
  if (error) {
    return { phase: 'failed', error, retry: () => void client.refetchQueries() }
  }
  return { phase: 'loading' }
}
