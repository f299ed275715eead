// What the fields of a form belong to: a step, or the document itself. A field knows its place in it, the problems
// there, and how to change it; typing in one field is one entry of the history.
import type { Json, Problem } from '@durable-canvas/schema'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { fromPointer, getAt, type JsonObject, type JsonPath, toPointer } from '../../drawing/json.ts'
import type { Named, Sample } from '../../drawing/names-in-reach.ts'
import { setField } from '../../drawing/operations/set-field.ts'
import { stepOfPointer, stepPointer } from '../../drawing/static-path.ts'
import { stepAt } from '../../drawing/tree.ts'
import { perform, useDrawing } from '../../store/drawing-store.ts'

export interface FieldOwner {
  /** A static path; undefined for the document. */
  readonly step: string | undefined
  readonly problems: readonly LocalProblem[]
  /** Asked for when an expression is being typed, and not before. */
  readonly names: () => readonly Named[]
  readonly sample: () => Sample
  /** What would mend a problem, where that is beyond doubt. */
  readonly fixFor: (problem: Problem) => QuickFix | undefined
}

export interface QuickFix {
  /** What it does, as a button says it. */
  readonly title: string
  readonly run: () => void
}

export interface LocalProblem {
  /** Inside of the owner. */
  readonly pointer: string
  readonly problem: Problem
}

const nobody: FieldOwner = {
  step: undefined,
  problems: [],
  names: () => [],
  sample: () => ({ input: null, bindings: {}, unknown: {} }),
  fixFor: () => undefined,
}

const FieldOwnerContext = createContext<FieldOwner>(nobody)

export function FieldOwnerProvider({ owner, children }: { readonly owner: FieldOwner; readonly children: ReactNode }) {
  return <FieldOwnerContext value={owner}>{children}</FieldOwnerContext>
}

export const useFieldOwner = (): FieldOwner => useContext(FieldOwnerContext)

const nothing: JsonObject = {}

const ownerValue = (definition: JsonObject, step: string | undefined): JsonObject =>
  step === undefined ? definition : (stepAt(definition, step) ?? nothing)

/** Something about the owner. Only who asks for what has changed is drawn again, so ask for little. */
export function useOwnerValue<T>(select: (value: JsonObject) => T): T {
  const { step } = useFieldOwner()
  return useDrawing((state) => select(ownerValue(state.drawing.definition, step)))
}

export interface Field {
  readonly value: Json | undefined
  /** Undefined takes the field away. */
  readonly set: (value: Json | undefined) => void
  readonly pointer: string
  /** The first problem that is this field's own, or of what is inside of it. */
  readonly error: string | undefined
  readonly problems: readonly LocalProblem[]
}

export function useField(path: JsonPath): Field {
  const owner = useFieldOwner()
  const value = useOwnerValue((whole) => getAt(whole, path))
  const pointer = toPointer(path)
  const problems = useMemo(
    () => owner.problems.filter((problem) => problem.pointer === pointer || problem.pointer.startsWith(`${pointer}/`)),
    [owner.problems, pointer],
  )
  return {
    value,
    set: (next) => void perform((before) => setField(before, owner.step, path, next), `${owner.step ?? ''}#${pointer}`),
    pointer,
    error: problems.find((problem) => problem.problem.severity === 'error' || problem.pointer === pointer)?.problem
      .message,
    problems,
  }
}

/** The problems of one owner, with pointers that count from it. */
export function problemsOf(problems: readonly Problem[], step: string | undefined): LocalProblem[] {
  const base = step === undefined ? '' : toPointer(stepPointer(step))
  return problems.flatMap((problem) => {
    if (step === undefined) {
      return stepOfPointer(fromPointer(problem.path)) === undefined ? [{ pointer: problem.path, problem }] : []
    }
    if (problem.step === step || problem.path.startsWith(`${base}/`)) {
      const isInside = problem.path === base || problem.path.startsWith(`${base}/`)
      return isInside && stepOfPointer(fromPointer(problem.path))?.path === step
        ? [{ pointer: problem.path.slice(base.length), problem }]
        : []
    }
    return []
  })
}
