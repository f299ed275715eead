import { expect, test } from 'vitest'
import { absolutePlaces, diagramOf } from './diagram.ts'
import { scopeOrigin, scopeUnder } from './scope-under.ts'

const activity = { type: 'activity', activity: 'A' }
const definition = {
  dsl: '1',
  name: 'nested',
  start: 'each',
  steps: {
    each: {
      type: 'forEach',
      items: [],
      body: {
        start: 'fork',
        steps: {
          fork: {
            type: 'parallel',
            branches: {
              left: { start: 'a', steps: { a: activity } },
              right: { start: 'b', steps: { b: activity } },
            },
          },
        },
      },
    },
  },
}
const diagram = diagramOf({ definition, layout: { positions: {} } })

function middleOf(path: string) {
  const place = absolutePlaces(diagram.boxes).get(path)
  if (place === undefined) throw new Error(`there is no ${path}`)
  return { x: place.x + place.width / 2, y: place.y + place.height / 2 }
}

test('a point lies in the innermost scope that is drawn around it', () => {
  expect(scopeUnder(diagram, middleOf('each/fork[left]/a'))).toEqual({
    scope: 'each/fork[left]',
    box: 'each/fork[left]',
  })
  const each = absolutePlaces(diagram.boxes).get('each')
  expect(scopeUnder(diagram, { x: (each?.x ?? 0) + 4, y: (each?.y ?? 0) + 50 })).toEqual({ scope: 'each', box: 'each' })
  expect(scopeUnder(diagram, { x: -1_000, y: 0 })).toEqual({ scope: '', box: undefined })
})

test('what is being dragged is no place to drop on, nor is what stands in it', () => {
  expect(scopeUnder(diagram, middleOf('each/fork[right]/b'), ['each/fork'])).toEqual({ scope: 'each', box: 'each' })
  expect(scopeUnder(diagram, middleOf('each/fork[right]/b'), ['each'])).toEqual({ scope: '', box: undefined })
})

test('places of a scope count from where it is drawn; of one that is not drawn, from nothing', () => {
  const places = absolutePlaces(diagram.boxes)
  for (const scope of ['', 'each', 'each/fork[left]']) {
    const path = scope === '' ? 'each' : scope === 'each' ? 'each/fork' : 'each/fork[left]/a'
    const box = diagram.boxes.find((one) => one.path === path)
    const origin = scopeOrigin(diagram, scope)
    const stored = { x: (box?.x ?? 0) - (box?.origin.x ?? 0), y: (box?.y ?? 0) - (box?.origin.y ?? 0) }
    expect({ x: origin.x + stored.x, y: origin.y + stored.y }).toMatchObject({
      x: places.get(path)?.x,
      y: places.get(path)?.y,
    })
  }
  expect(scopeOrigin(diagram, 'nowhere')).toEqual({ x: 0, y: 0 })
})
