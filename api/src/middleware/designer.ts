// Serves the built designer: its files by name, and its page for every address that people may open or share.
// Files with a hash in their name never change; the page that names them is asked for anew each time.
import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import express, { Router } from 'express'
import compressedStatic from 'express-static-gzip'

const isServerPath = (path: string): boolean => /^\/(api|runtime|metrics|healthz|readyz)(\/|$)/.test(path)
const immutable = 'public, max-age=31536000, immutable'

export function serveDesigner(directory: string): Router {
  const router = Router()
  const isBuilt = existsSync(join(directory, 'index.html'))
  if (isBuilt) {
    // The build leaves each file compressed beside itself: nothing is compressed while somebody waits.
    router.use(
      '/assets',
      compressedStatic(join(directory, 'assets'), {
        index: false,
        enableBrotli: true,
        orderPreference: ['br', 'gzip'],
        serveStatic: { fallthrough: true, setHeaders: (response) => response.setHeader('cache-control', immutable) },
      }),
    )
    router.use(
      express.static(directory, {
        index: false,
        setHeaders: (response) => response.setHeader('cache-control', 'no-cache'),
      }),
    )
  }
  router.get('/{*page}', (request, response, next) => {
    if (isServerPath(request.path) || extname(request.path) !== '') return next()
    response.setHeader('cache-control', 'no-cache')
    if (isBuilt) return response.sendFile('index.html', { root: directory, cacheControl: false })
    response.status(404).type('html').send(notBuilt)
  })
  return router
}

const notBuilt = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>durable-canvas</title></head>
<body>
<h1>The designer is not built</h1>
<p>The server runs, but there is no designer to show. Run <code>npm run build</code> in the project's folder and start again.</p>
<p>The API is here all the same: <a href="/api/docs">its documentation</a>.</p>
</body>
</html>
`
