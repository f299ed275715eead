// Reads the body as JSON, and says where it is broken. Not Express's own JSON parser, which refuses bare values and hides the place of an error.
import { parseDefinitionText } from '@durable-canvas/schema'
import express, { type Request, type Response } from 'express'
import { ApiError } from '../problem-json.ts'

export const maxBodyBytes = 1_048_576
const maxDepth = 200
const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = [34, 92, 91, 93, 123, 125]

const readRaw = express.raw({ type: () => true, limit: maxBodyBytes })

export async function readJsonBody(request: Request, response: Response, anyContentType = false): Promise<unknown> {
  const bytes = await readBytes(request, response)
  if (bytes.length === 0) return undefined
  if (!anyContentType && !isJson(request.headers['content-type'])) {
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
    throw new ApiError('PayloadTooLarge', `A body may have at most ${maxBodyBytes} bytes.`)
  }
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}

const isTooLarge = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'type' in error && error.type === 'entity.too.large'

const isJson = (contentType: string | undefined): boolean =>
  /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '')

export function parseJson(bytes: Buffer): unknown {
  const text = decode(bytes)
  if (nestsTooDeep(text)) {
    throw new ApiError('InvalidJson', `The body is not usable: it is nested deeper than ${maxDepth} levels.`)
  }
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

/** The language's own scanner says where; V8 names the place in some of its messages only. */
function whereBroken(text: string, error: unknown): string {
  const fault = parseDefinitionText(text).problems[0]
  return fault?.message ?? (error instanceof Error ? error.message : String(error))
}

/** Deep nesting would exhaust the stack of everything that walks the value later. Counted in the text, since JSON.parse itself does not mind. */
function nestsTooDeep(text: string): boolean {
  if (text.length <= 2 * maxDepth) return false
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === backslash) at += 1
      else if (code === quote) inString = false
    } else if (code === quote) inString = true
    else if (code === openBracket || code === openBrace) {
      depth += 1
      if (depth > maxDepth) return true
    } else if (code === closeBracket || code === closeBrace) depth -= 1
  }
  return false
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
