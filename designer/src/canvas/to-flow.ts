// From the boxes of the diagram to what React Flow shows. Those that did not change keep their node object, so that a
// keystroke in a property draws one card again and not a thousand.
import type { Definition } from '@durable-canvas/schema'
import type { Diagram, DiagramBox } from '../drawing/diagram.ts'
import { isObject, type JsonObject, textAt } from '../drawing/json.ts'
import { sameList } from '../drawing/shared-diagram.ts'
import { idOf, ownerOf } from '../drawing/static-path.ts'
import type { StepState } from '../drawing/step-state.ts'
import { stepAt } from '../drawing/tree.ts'
import { kindOf } from '../steps/registry.ts'
import { counted, titleOf } from '../steps/words.ts'
import type { BoxData, BoxNode, Difference } from './flow-types.ts'
import { handlePlaces } from './handle-places.ts'
import { stateWords } from './state-words.ts'

export interface FlowOptions {
  readonly definition: Definition | JsonObject
  readonly isEditable: boolean
  readonly states?: ReadonlyMap<string, StepState> | undefined
  readonly problems?: ReadonlyMap<string, { readonly errors: number; readonly warnings: number }>
  readonly differences?: ReadonlyMap<string, Difference> | undefined
  /** By the ids of edges. */
  readonly edgeDifferences?: ReadonlyMap<string, Difference> | undefined
  readonly breakpoints?: ReadonlySet<string> | undefined
  readonly selection: ReadonlySet<string>
  readonly selectedEdges?: ReadonlySet<string>
  readonly dropBox?: string | undefined
  readonly dropEdge?: string | undefined
  readonly iconOf?: ((activity: string) => string | undefined) | undefined
}

/** The same list as before if nothing in it has changed. */
export function boxNodes(
  diagram: Diagram,
  options: FlowOptions,
  before: readonly BoxNode[],
  optionsBefore?: FlowOptions,
): readonly BoxNode[] {
  const occupied = new Set(diagram.boxes.filter((box) => box.step !== undefined).map((box) => box.parent))
  const old = finder(before)
  const looksSame = optionsBefore !== undefined && isSameLook(options, optionsBefore)
  const nodes = diagram.boxes.map((box, index) => {
    const kept = old(box.path, index)
    // A marker shows what it starts and a lane what stands in it: those may have changed although the box has not.
    if (looksSame && kept?.data.box === box && kept.data.direction === diagram.direction && box.step) return kept
    const data = boxData(box, diagram, options, !occupied.has(box.path))
    const isSelected = options.selection.has(box.path)
    return kept !== undefined && isSame(kept, data, isSelected) ? kept : boxNode(data, isSelected)
  })
  return sameList(nodes, before)
}

const looks = [
  'isEditable',
  'states',
  'problems',
  'differences',
  'breakpoints',
  'selection',
  'dropBox',
  'iconOf',
] as const

/** Whether a box that is the same looks the same. */
const isSameLook = (a: FlowOptions, b: FlowOptions) => looks.every((key) => a[key] === b[key])

/** Finds what has an id; mostly it stands where it stood. */
export function finder<T extends { readonly id: string }>(items: readonly T[]) {
  let byId: Map<string, T> | undefined
  return (id: string, index: number): T | undefined => {
    const there = items[index]
    if (there?.id === id) return there
    byId ??= new Map(items.map((item) => [item.id, item]))
    return byId.get(id)
  }
}

function boxData(box: DiagramBox, diagram: Diagram, options: FlowOptions, holdsNothing: boolean): BoxData {
  const { definition, isEditable, states, problems, differences, dropBox, iconOf } = options
  const found = problems?.get(box.path)
  const activity = box.step?.type === 'activity' ? textAt(box.step, 'activity') : undefined
  const icon = activity === undefined ? undefined : iconOf?.(activity)
  const difference = differences?.get(box.path)
  return {
    box,
    direction: diagram.direction,
    isEditable,
    title: titleOfBox(box, definition),
    line: box.step === undefined ? '' : lineOf(box, box.step),
    isEmpty: box.holds !== undefined && holdsNothing,
    errors: found?.errors ?? 0,
    warnings: found?.warnings ?? 0,
    isDropTarget: dropBox === box.path,
    ...(states && { state: states.get(box.path) ?? null }),
    ...(difference && { difference }),
    ...(icon && { activityIcon: icon }),
    ...(options.breakpoints?.has(box.path) && { hasBreakpoint: true }),
  }
}

function titleOfBox(box: DiagramBox, definition: Definition | JsonObject): string {
  if (box.kind === 'start') {
    const owner = ownerOf(box.scope)
    // Of a scope that fills the canvas.
    if (owner !== undefined) return titleOf(idOf(owner), stepAt(definition as JsonObject, owner) ?? {})
    const { title, name } = definition as JsonObject
    return String(title || name || 'start')
  }
  return box.step === undefined ? box.id : titleOf(box.id, box.step)
}

const lines = new WeakMap<JsonObject, string>()

/** A step that did not change says what it said. */
function secondLine(step: JsonObject): string {
  const known = lines.get(step)
  if (known !== undefined) return known
  const line = kindOf(step).secondLine(step)
  lines.set(step, line)
  return line
}

function lineOf(box: DiagramBox, step: JsonObject): string {
  if (!box.isCollapsed) return secondLine(step)
  const inner = isObject(step.body) ? [step.body] : isObject(step.branches) ? Object.values(step.branches) : []
  const count = inner.reduce<number>((sum, body) => {
    return sum + (isObject(body) && isObject(body.steps) ? Object.keys(body.steps).length : 0)
  }, 0)
  return `${kindOf(step).secondLine(step)} · ${counted(count, 'step')} inside`
}

const sameKeys = [
  'direction',
  'isEditable',
  'title',
  'line',
  'isEmpty',
  'errors',
  'warnings',
  'isDropTarget',
  'state',
  'difference',
  'activityIcon',
  'hasBreakpoint',
] as const
function isSame(old: BoxNode, data: BoxData, isSelected: boolean): boolean {
  return (
    old.selected === isSelected && old.data.box === data.box && sameKeys.every((key) => old.data[key] === data[key])
  )
}

function boxNode(data: BoxData, isSelected: boolean): BoxNode {
  const { box, isEditable } = data
  const isLane = box.kind === 'lane'
  const size = { width: box.width, height: box.height }
  return {
    id: box.path,
    type: box.kind,
    position: { x: box.x, y: box.y },
    ...size,
    measured: size,
    ...(box.parent === undefined ? {} : { parentId: box.parent }),
    data,
    selected: isSelected,
    draggable: isEditable && !isLane,
    selectable: !isLane,
    focusable: !isLane,
    connectable: isEditable,
    deletable: false,
    ariaLabel: ariaLabel(data),
    ariaRole: 'group',
    ...(box.kind === 'container' ? { dragHandle: undefined } : {}),
    handles: handlePlaces(box, data.direction).map(({ id, type, position, x, y }) => ({
      id,
      type,
      position,
      x: x - 1,
      y: y - 1,
      width: 2,
      height: 2,
    })),
  }
}

function ariaLabel({ box, title, line, state, errors, warnings }: BoxData): string {
  if (box.kind === 'start') return box.parent === undefined ? `Start of ${title}` : 'Start of the scope'
  if (box.kind === 'lane') return `Branch ${title}`
  const problems = errors + warnings > 0 ? `, ${counted(errors + warnings, 'problem')}` : ''
  return `${title}, ${kindOf(box.step).title}, ${line}${state === undefined ? '' : `, ${stateWords(state ?? undefined)}`}${problems}`
}
