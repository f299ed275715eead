// What the browser must have before it can show anything: the entry script and what it imports.
import { gzipSync } from 'node:zlib'

/** @param {string} url */
export async function entryBundle(url) {
  const page = await (await fetch(url)).text()
  const named = [
    ...page.matchAll(/<script[^>]+src="([^"]+)"/g),
    ...page.matchAll(/<link[^>]+rel="modulepreload"[^>]+href="([^"]+)"/g),
  ]
  const scripts = await Promise.all(named.map(async ([, path]) => (await fetch(url + path)).arrayBuffer()))
  return scripts.reduce((sum, script) => sum + gzipSync(Buffer.from(script)).length, 0)
}
