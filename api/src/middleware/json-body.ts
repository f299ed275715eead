// Reads the body as JSON, and says where it is broken. Not Express's own parser: that one refuses bare values, hides the place of an error,
// and answers a body that is too large before it has read it, so that some clients see a broken connection instead of the answer.
import express, { type Request, type Response } from 'express'
import { ApiError } from '../problem-json.ts'

export const maxBodyBytes = 1_048_576
/** What is too large is read to its end, so that the answer arrives, but not without end. */
const maxDrainedBytes = 16 * maxBodyBytes
const maxDrainedMs = 5_000

const readRaw = express.raw({ type: () => true, limit: maxBodyBytes })

export async function readJsonBody(request: Request, response: Response): Promise<unknown> {
  const bytes = await readBytes(request, response)
  if (bytes.length === 0) return undefined
  if (!isJson(request.headers['content-type'])) {
    throw new ApiError('UnsupportedMediaType', 'Send the body as content-type: application/json.')
  }
  return parseJson(bytes)
}

async function readBytes(request: Request, response: Response): Promise<Buffer> {
  try {
    await new Promise<void>((resolve, reject) =>
      readRaw(request, response, (error?: unknown) => (error ? reject(error) : resolve())),
    )
  } catch (error) {
    if (!isTooLarge(error)) throw error
    await drain(request)
    throw new ApiError('PayloadTooLarge', `A body may have at most ${maxBodyBytes} bytes.`)
  }
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}

const isTooLarge = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'type' in error && error.type === 'entity.too.large'

function drain(request: Request): Promise<void> {
  return new Promise((resolve) => {
    let read = 0
    const stop = () => {
      clearTimeout(timer)
      request.off('data', count)
      resolve()
    }
    const count = (chunk: Buffer) => {
      read += chunk.length
      if (read > maxDrainedBytes) stop()
    }
    const timer = setTimeout(stop, maxDrainedMs)
    request.on('data', count).once('end', stop).once('error', stop).once('close', stop).resume()
  })
}

const isJson = (contentType: string | undefined): boolean =>
  /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '')

export function parseJson(bytes: Buffer): unknown {
  const text = decode(bytes)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new ApiError('InvalidJson', `The body is not JSON: ${whereBroken(text, error)}`)
  }
  if (mentionsPrototype(text) && hasPrototypeKey(value)) {
    throw new ApiError('InvalidRequest', 'A body must not have the key "__proto__".')
  }
  return value
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ApiError('InvalidJson', 'The body is not JSON: it is not UTF-8 text.')
  }
}

/** V8 says what it met and at which offset; people look for lines. */
export function whereBroken(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const told = /at position (\d+)/.exec(message)?.[1]
  const position = told === undefined ? text.length : Number(told)
  const before = text.slice(0, position).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  const what = message
    .replace(/ (?:in JSON )?at position \d+.*$/s, '')
    .replace(/, ?"(?:[^"\\]|\\.)*"\.* is not valid JSON$/s, '')
    .replace(/, \.\.\..*is not valid JSON$/s, '')
  return `line ${before.length}, column ${column} (position ${position}): ${what}.`
}

const mentionsPrototype = (text: string): boolean => text.includes('__proto__') || /\\u005[fF]/.test(text)

function hasPrototypeKey(value: unknown): boolean {
  const open: unknown[] = [value]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue
    if (Object.hasOwn(next, '__proto__')) return true
    for (const child of Object.values(next)) if (typeof child === 'object' && child !== null) open.push(child)
  }
  return false
}
