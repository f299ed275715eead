// The API's own description. It tells of the product and nothing of the installation, so that it can be read without a token.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Response } from 'express'
import { openApiDocument } from '../openapi/document.ts'
import { defineRoute, json, type Route } from './route.ts'

const require = createRequire(import.meta.url)
const { version } = require('../../package.json') as { version: string }
const swaggerDir = dirname(require.resolve('swagger-ui-dist/package.json'))

/** Served from the package, so that the page needs no other server. */
const files: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>durable-canvas API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`

const startScript = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null, persistAuthorization: false })
`

const showPage = defineRoute({
  method: 'get',
  path: '/api/docs',
  operationId: 'readDocs',
  tag: 'Server',
  summary: 'This API, for people',
  access: 'open',
  looseQuery: true,
  responses: { 200: { description: 'A page.', contentType: 'text/html' } },
  handle: ({ response }) => sendText(response, 'text/html; charset=utf-8', page),
})

const showFile = defineRoute<{ params: { file: string } }>({
  method: 'get',
  path: '/api/docs/{file}',
  operationId: 'readDocsFile',
  tag: 'Server',
  summary: "A file of the docs' page",
  access: 'open',
  looseQuery: true,
  params: { file: { enum: [...Object.keys(files), 'start.js'] } },
  responses: { 200: { description: 'The file.', contentType: 'text/plain' } },
  async handle({ params, response }) {
    if (params.file === 'start.js') return sendText(response, 'text/javascript; charset=utf-8', startScript)
    const contentType = files[params.file] ?? 'text/plain'
    return sendText(response, contentType, await readFile(join(swaggerDir, params.file)), 'public, max-age=3600')
  },
})

function sendText(
  response: Response,
  contentType: string,
  text: string | Buffer,
  cacheControl = 'no-cache',
): undefined {
  response.setHeader('content-type', contentType)
  response.setHeader('cache-control', cacheControl)
  response.end(text)
}

/** All routes, with the one that describes them. */
export function withDocs(routes: readonly Route[]): readonly Route[] {
  const showDocument = defineRoute({
    method: 'get',
    path: '/api/openapi.json',
    operationId: 'readOpenApi',
    tag: 'Server',
    summary: 'This API, for programs',
    access: 'open',
    looseQuery: true,
    responses: { 200: { description: 'An OpenAPI 3.1 document.', schema: { type: 'object' } } },
    handle: () => json(200, document, { 'cache-control': 'no-cache' }),
  })
  const all = [...routes, showDocument, showPage, showFile]
  const document = openApiDocument(all, version)
  return all
}
