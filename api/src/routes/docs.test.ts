import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemCodes } from '../problem-json.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { routes } from './index.ts'

let server: TestServer
// biome-ignore lint/suspicious/noExplicitAny: the document is walked as it is.
let document: any
beforeAll(async () => {
  server = await startTestServer()
  document = (await server.call('GET', '/api/openapi.json')).body
})
afterAll(() => server.close())

test('every route is in the document, and nothing else', () => {
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item as object).map((method) => `${method} ${path}`),
  )
  expect(described.toSorted()).toEqual(routes.map((route) => `${route.method} ${route.path}`).toSorted())
})

test('operation ids are unique, path parameters are those of the path, every call says what it answers', () => {
  const ids = routes.map((route) => route.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const route of routes) {
    const operation = document.paths[route.path][route.method]
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    const described = operation.parameters.filter((one: { in: string }) => one.in === 'path')
    expect(described.map((one: { name: string }) => one.name)).toEqual(inPath)
    expect(described.every((one: { required: boolean; schema: object }) => one.required && one.schema)).toBe(true)
    expect(Object.keys(operation.responses).some((status) => /^2/.test(status))).toBe(true)
    expect(
      Object.values(operation.responses).every((response) => (response as { description: string }).description !== ''),
    ).toBe(true)
    expect(operation.summary).not.toBe('')
  }
})

test('every $ref leads somewhere', () => {
  const refs: string[] = []
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, child] of Object.entries(value)) {
      if (key === '$ref' && typeof child === 'string') refs.push(child)
      else collect(child)
    }
  }
  collect(document)
  expect(refs.length).toBeGreaterThan(100)
  for (const ref of refs) {
    const target = ref
      .slice(2)
      .split('/')
      .reduce((value, key) => value?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document)
    expect([ref, typeof target]).toEqual([ref, 'object'])
  }
})

test('it is OpenAPI 3.1 with the language itself among its schemas', () => {
  expect(document.openapi).toMatch(/^3\.1\./)
  expect(document.info).toMatchObject({ title: 'durable-canvas', version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
  expect(document.components.schemas.Definition.required).toContain('steps')
  expect(document.components.schemas.ProblemJson.properties.code.enum).toEqual(problemCodes)
  expect(document.paths['/api/definitions'].post.requestBody.content['application/json'].schema.oneOf[0]).toEqual({
    $ref: '#/components/schemas/Definition',
  })
})

test('the page for people needs no other server and no inline script', async () => {
  const page = await server.call('GET', '/api/docs')
  expect(page.headers.get('content-type')).toContain('text/html')
  const links = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '')
  expect(links).toHaveLength(3)
  for (const link of links) {
    const file = await server.call('GET', link)
    expect([link, file.status]).toEqual([link, 200])
    expect(file.headers.get('content-type')).toMatch(link.endsWith('.css') ? /css/ : /javascript/)
  }
  expect(page.text).not.toMatch(/<script>|onload=|style=/)
  expect((await server.call('GET', '/api/docs/package.json')).status).toBe(400)
})
