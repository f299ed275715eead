import { frameAt } from '../containers.ts'
import type { Place } from '../place.ts'
import { evaluate } from '../place.ts'
import { bodyExited, bodyFailed, endIfReached, type Goal, neededOf } from './fan.ts'
import type { ContainerKind } from './step-kind.ts'
import { typed } from './typed.ts'

export const parallel: ContainerKind = {
  enter(place) {
    const { turn, path, step } = place
    const { branches } = typed(place, 'parallel').definition
    turn.emit({ type: 'ScopeEntered', step: path, ...(step.input ? { input: evaluate(place, step.input) } : {}) })
    for (const [name, body] of Object.entries(branches)) {
      turn.emit({ type: 'ScopeEntered', step: `${path}[${name}]` })
      turn.agenda.push({ frame: frameAt(turn.state, `${path}[${name}]`), step: body.start })
    }
  },
  bodyExited(place, body, output, by) {
    bodyExited(place, body.path, output, by)
    endIfReached(place, goalOf(place))
  },
  bodyFailed(place, body, failed) {
    const goal = goalOf(place)
    if (!bodyFailed(place, body.path, failed, goal)) endIfReached(place, goal)
  },
}

function goalOf(place: Place): Goal {
  const { branches, completion } = typed(place, 'parallel').definition
  const width = Object.keys(branches).length
  return { width, needed: neededOf(completion, width), tolerated: 0 }
}
