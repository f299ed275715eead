// The door without a browser: the server starts, says how it is, ends on request and comes back with its data.
import { expect, test } from '../fixtures/house.ts'

const order = {
  id: 'o-1',
  items: [{ sku: 'BOOK-1', quantity: 1 }],
  payment: { amount: 20, card: '4111111111111111' },
  customerEmail: 'ada@example.com',
}

test('a fresh server is ready, and has the order workflow', async ({ api }) => {
  expect((await api.call('GET', '/healthz')).status).toBe(200)
  expect((await api.call('GET', '/readyz')).status).toBe(200)
  const { body } = await api.call<{ items: { name: string; version: number }[] }>('GET', '/api/definitions')
  expect(body.items.map(({ name }) => name)).toContain('process-order')
})

test('an instance and its history survive a polite stop', async ({ api, server }) => {
  await api.start('process-order', order, 'o-1')
  await api.finished('o-1')
  const history = await api.history('o-1')
  expect(await server.stop()).toEqual({ code: 0, signal: null })
  await server.start()
  expect((await api.get('o-1')).status).toBe('Completed')
  expect(await api.history('o-1')).toEqual(history)
})

test('an instance and its history survive SIGKILL', async ({ api, server }) => {
  await api.start('process-order', order, 'o-1')
  const view = await api.finished('o-1')
  const history = await api.history('o-1')
  await server.kill()
  await server.start()
  expect(await api.get('o-1')).toEqual(view)
  expect(await api.history('o-1')).toEqual(history)
})
