import type { Json } from '@durable-canvas/schema'
import { frameAt, openContainer } from '../containers.ts'
import { scopeProgram } from '../evolve.ts'
import { StepFailure } from '../failure.ts'
import { evaluate, evaluateField, type Place } from '../place.ts'
import type { Value } from '../program.ts'
import { createFrame, type Fan } from '../state.ts'
import { bodyExited, bodyFailed, endIfReached, type Goal, neededOf } from './fan.ts'
import type { ContainerKind } from './step-kind.ts'
import { typed } from './typed.ts'

export const forEach: ContainerKind = {
  enter(place) {
    const { turn, path } = place
    const items = collectionOf(evaluateField(place, 'items'))
    const { maxFanOut } = turn.program.limits
    if (items.length > maxFanOut)
      throw new StepFailure(
        'LimitExceeded',
        `${items.length} items are more than the ${maxFanOut} that one forEach may have`,
      )
    turn.emit({ type: 'ScopeEntered', step: path, items })
    if (!endIfReached(place, goalOf(place))) launch(place)
  },
  bodyExited(place, body, output, by) {
    bodyExited(place, body.path, output, by)
    if (!endIfReached(place, goalOf(place))) launch(place)
  },
  bodyFailed(place, body, failed) {
    const goal = goalOf(place)
    if (bodyFailed(place, body.path, failed, goal)) return
    if (!endIfReached(place, goal)) launch(place)
  },
}

/** JSONata unwraps a single match and gives nothing for none; both are collections here. */
const collectionOf = (value: Json): readonly Json[] =>
  value === null ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value]

function goalOf(place: Place): Goal {
  const { completion, tolerate } = typed(place, 'forEach').definition
  const width = openContainer(place.turn.state, place.path).fan.items.length
  const tolerated = tolerate?.count ?? Math.floor((width * (tolerate?.percent ?? 0)) / 100)
  return { width, needed: neededOf(completion, width), tolerated }
}

function launch(place: Place): void {
  const { maxConcurrency, body } = typed(place, 'forEach').definition
  const { fan } = openContainer(place.turn.state, place.path)
  const most = maxConcurrency ?? Number.POSITIVE_INFINITY
  while (fan.open.size < most && fan.next < fan.items.length) enterItem(place, fan, body.start)
}

function enterItem(place: Place, fan: Fan, start: string): void {
  const { turn, path, step } = place
  const item = `${path}[${fan.next}]`
  const input = step.input ? { input: itemInput(place, step.input, fan) } : {}
  turn.emit({ type: 'ScopeEntered', step: item, ...input })
  turn.agenda.push({ frame: frameAt(turn.state, item), step: start })
}

/** The step's input is evaluated once an item, as its body would see it. */
function itemInput(place: Place, input: Value, fan: Fan): Json {
  const { turn, step, frame } = place
  const index = fan.next
  const item = fan.items[index] as Json
  const body = { ...createFrame(`${place.path}[${index}]`, step.path, frame.path, String(index), item), item, index }
  return evaluate({ ...place, frame: body, step: { ...step, scope: scopeProgram(turn.program, body) } }, input)
}
