import { expect, test } from 'vitest'
import { echoing } from '../testing/definitions.ts'
import { startTestServer } from '../testing/test-server.ts'

test('it is ready until it shuts down or the store is gone, and alive all the time', async () => {
  const server = await startTestServer()
  expect((await server.call('GET', '/readyz')).body).toEqual({ status: 'ready' })
  await server.engine.store.close()
  const gone = await server.call('GET', '/readyz')
  expect(gone.status).toBe(503)
  expect(gone.body.reason).toMatch(/store/)
  server.closing.abort()
  expect((await server.call('GET', '/readyz')).body.reason).toContain('shutting down')
  expect((await server.call('GET', '/healthz')).body).toEqual({ status: 'ok' })
  await server.close().catch(() => {})
})

test('the metrics count instances, turns, activities and requests', async () => {
  const server = await startTestServer()
  await server.started(echoing, null, 'm-1')
  await server.reached('m-1', 'Completed')
  await server.call('GET', '/api/instances/m-1')
  const { text, headers } = await server.call('GET', '/metrics')
  expect(headers.get('content-type')).toContain('text/plain')
  const value = (line: string) =>
    Number(new RegExp(`^${line.replaceAll(/[{}]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1])
  expect(value('durable_canvas_instances_finished_total{outcome="completed"}')).toBe(1)
  expect(value('durable_canvas_activity_attempts_total')).toBe(1)
  expect(value('durable_canvas_turns_total')).toBeGreaterThanOrEqual(2)
  expect(value('durable_canvas_activities_running')).toBe(0)
  expect(text).toMatch(
    /http_request_duration_seconds_count\{method="GET",route="\/api\/instances\/\{id\}",status="200"\} 1/,
  )
  expect(text).toContain('nodejs_eventloop_lag_seconds')
  await server.close()
})
