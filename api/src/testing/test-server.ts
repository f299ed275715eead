// The real thing on a free port: engine, SQLite in memory, HTTP. Every answer is checked against what the route table says that it answers.
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import {
  type Activity,
  createEngine,
  defineActivity,
  type Engine,
  type InstanceView,
} from '@durable-canvas/interpreter'
import { sqliteStore } from '@durable-canvas/interpreter/sqlite'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import { type AppOptions, createApp } from '../app.ts'
import { compileSchema } from '../middleware/check-request.ts'
import { ref } from '../openapi/component-schemas.ts'
import { routes } from '../routes/index.ts'
import type { Route } from '../routes/route.ts'
import { gatedActivity } from './gated-activity.ts'

export interface Reply {
  readonly status: number
  // Tests look into answers of every shape.
  // biome-ignore lint/suspicious/noExplicitAny: the answers are checked against their schemas, and each test against values.
  readonly body: any
  readonly headers: Headers
  readonly text: string
}

export interface TestServer {
  readonly url: string
  readonly engine: Engine
  readonly gate: ReturnType<typeof gatedActivity>
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>
  /** Deploys the definition and starts an instance; answers it as it is after `status` was reached. */
  started(definition: { readonly name: string }, input?: unknown, instanceId?: string): Promise<InstanceView>
  reached(instanceId: string, status: string): Promise<InstanceView>
  /** What is written to connections but not taken by the other side yet. */
  bufferedBytes(): number
  /** As a shutdown does. */
  readonly closing: AbortController
  close(): Promise<void>
}

const echo = defineActivity({ name: 'echo', title: 'Echo', icon: 'repeat' }, ({ input }) => input)

const failing = defineActivity({ name: 'failing' }, () => {
  throw new Error('on purpose')
})

export interface TestServerOptions extends Omit<AppOptions, 'activities'> {
  readonly activities?: readonly Activity[]
}

export async function startTestServer({ activities = [], ...options }: TestServerOptions = {}): Promise<TestServer> {
  const gate = gatedActivity()
  const store = await sqliteStore({ file: ':memory:' })
  const all = [echo, failing, gate.activity, ...activities]
  const engine = await createEngine({ store, activities: all })
  const closing = new AbortController()
  const http = createServer(createApp(engine, { closing: closing.signal, activities: all, ...options }))
  const sockets = new Set<Socket>()
  http.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`

  const call: TestServer['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = text !== '' && /json/.test(response.headers.get('content-type') ?? '')
    const reply = { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers, text }
    checkReply(method, path, reply)
    return reply
  }

  const reached: TestServer['reached'] = async (instanceId, status) => {
    const end = Date.now() + 15_000
    for (;;) {
      const view = await engine.get(instanceId)
      if (view?.status === status) return view
      if (Date.now() > end) throw new Error(`${instanceId} is ${view?.status}, not ${status}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  return {
    url,
    engine,
    gate,
    call,
    reached,
    closing,
    bufferedBytes: () => [...sockets].reduce((sum, socket) => sum + socket.writableLength, 0),
    async started(definition, input = null, instanceId) {
      await engine.deploy(definition)
      const options = { input: input as never, ...(instanceId === undefined ? {} : { instanceId }) }
      const handle = await engine.start(definition.name, options)
      const view = await engine.get(handle.instanceId)
      if (!view) throw new Error(`${handle.instanceId} is not there`)
      return view
    },
    async close() {
      closing.abort()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
      await engine.stop()
      await store.close()
    },
  }
}

const problem = compileSchema(ref('ProblemJson'))
const compiled = new Map<object, ValidateFunction>()

/** Throws when the server answered something that its own description does not allow. */
function checkReply(method: string, path: string, reply: Reply): void {
  if (reply.headers.get('content-type')?.startsWith('application/problem+json')) {
    const isProblem = problem(reply.body)
    if (!isProblem) throw new Error(`not a problem: ${JSON.stringify(problem.errors)} in ${reply.text}`)
    if (statusIn(reply) !== reply.status) throw new Error(`another status stands in ${reply.status} ${reply.text}`)
    return
  }
  const route = routeOf(method, path)
  if (!route) return
  const described = route.responses[reply.status]
  if (!described)
    throw new Error(`${method} ${path} answered ${reply.status}, which it does not describe: ${reply.text}`)
  if (!described.schema) return
  const validate = compiled.get(described) ?? compileSchema(described.schema)
  compiled.set(described, validate)
  if (!validate(reply.body)) throw new Error(`${method} ${path}: ${JSON.stringify(validate.errors)} in ${reply.text}`)
}

const statusIn = ({ text }: Reply): unknown => JSON.parse(text).status

function routeOf(method: string, path: string): Route | undefined {
  const bare = path.split('?')[0] ?? ''
  return routes.find((route) => {
    const pattern = new RegExp(`^${route.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)
    return route.method === method.toLowerCase() && pattern.test(bare)
  })
}
