import type { Drawing } from '../drawing.ts'
import { type Edit, edit } from '../edit.ts'
import { fromEntries, isObject, renameKey } from '../json.ts'
import { relabelLayout, replaceStep, setInStep } from '../retarget.ts'
import { branchScope, idOf } from '../static-path.ts'
import { freeId, stepAt } from '../tree.ts'

export const emptyScope = { start: '', steps: {} }

const branchesOf = (drawing: Drawing, path: string) => {
  const branches = stepAt(drawing.definition, path)?.branches
  return isObject(branches) ? branches : {}
}

export function addBranch(drawing: Drawing, path: string, wanted = 'branch'): Edit {
  const branches = branchesOf(drawing, path)
  const name = freeId(new Set(Object.keys(branches)), wanted)
  const next = fromEntries([...Object.entries(branches), [name, emptyScope]])
  const definition = replaceStep(drawing.definition, path, (step) => setInStep(step, 'branches', next))
  return edit(drawing, { ...drawing, definition }, `Add branch ${name} to ${idOf(path)}`)
}

export function removeBranch(drawing: Drawing, path: string, branch: string): Edit {
  const rest = Object.entries(branchesOf(drawing, path)).filter(([name]) => name !== branch)
  const definition = replaceStep(drawing.definition, path, (step) => setInStep(step, 'branches', fromEntries(rest)))
  const gone = `${branchScope(path, branch)}/`
  const after = relabelLayout({ ...drawing, definition }, (at) => (at.startsWith(gone) ? undefined : at))
  return edit(drawing, after, `Remove branch ${branch} of ${idOf(path)}`)
}

export function renameBranch(drawing: Drawing, path: string, branch: string, name: string): Edit {
  const branches = branchesOf(drawing, path)
  const label = `Rename branch ${branch} to ${name}`
  if (!(branch in branches) || name in branches || name === '') return edit(drawing, drawing, label)
  const definition = replaceStep(drawing.definition, path, (step) =>
    setInStep(step, 'branches', renameKey(branches, branch, name)),
  )
  const from = `${branchScope(path, branch)}/`
  const to = `${branchScope(path, name)}/`
  const rename = (at: string) => (at.startsWith(from) ? `${to}${at.slice(from.length)}` : at)
  return edit(drawing, relabelLayout({ ...drawing, definition }, rename), label)
}
