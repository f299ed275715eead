// The only reader of the environment and of the start command's options. Whatever is wrong with them is told in one sentence, before anything starts.
import { realpathSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof logLevels)[number]

export interface Config {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly mongodbUri: string | null
  /** Files or folders of activity modules. */
  readonly activities: readonly string[]
  readonly apiToken: string | null
  /** Host names that are served beside those of this machine. */
  readonly allowedHosts: readonly string[]
  readonly logLevel: LogLevel
  readonly samples: boolean
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

export type Environment = Readonly<Record<string, string | undefined>>

const packageDir = fileURLToPath(new URL('..', import.meta.url))

export function readConfig(args: readonly string[] = [], env: Environment = process.env, cwd = process.cwd()): Config {
  const base = callerDirectory(env, cwd)
  const options = startOptions(args)
  const host = given(options.host ?? env.HOST) ?? '127.0.0.1'
  const apiToken = given(env.API_TOKEN) ?? null
  if (!isLoopback(host) && apiToken === null) {
    throw new ConfigError(
      `HOST=${host} would let other machines in, so a token is needed: set API_TOKEN to a long random text, or leave HOST out to listen on 127.0.0.1 only.`,
    )
  }
  return {
    port: readPort(given(options.port ?? env.PORT)),
    host,
    dataDir: resolve(base, given(env.DATA_DIR) ?? '.data'),
    mongodbUri: readMongodbUri(given(env.MONGODB_URI)),
    activities: [...(options.activities ?? []), ...commaList(env.ACTIVITIES)].map((path) => resolve(base, path)),
    apiToken,
    allowedHosts: commaList(env.ALLOWED_HOSTS).map((name) => name.toLowerCase()),
    logLevel: readLogLevel(given(env.LOG_LEVEL) ?? 'info'),
    samples: readSwitch('SAMPLES', given(env.SAMPLES) ?? 'on'),
  }
}

export interface ClientConfig {
  readonly url: string
  readonly token: string | null
}

/** What the command line needs to find a running server. */
export function readClientConfig(
  options: { readonly url?: string | undefined; readonly token?: string | undefined },
  env: Environment = process.env,
): ClientConfig {
  const url = given(options.url ?? env.DURABLE_CANVAS_URL) ?? `http://127.0.0.1:${given(env.PORT) ?? '8080'}`
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new ConfigError(`--url ${url} is no http address, e.g. http://127.0.0.1:8080.`)
  return { url: url.replace(/\/+$/, ''), token: given(options.token ?? env.API_TOKEN) ?? null }
}

export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase()
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))
}

/** `npm start -w` runs in the package's folder; paths mean the folder where npm was called. */
function callerDirectory(env: Environment, cwd: string): string {
  const called = given(env.INIT_CWD)
  return called && samePlace(cwd, packageDir) ? called : cwd
}

function samePlace(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b)
  } catch {
    return false // A folder that does not exist is not this package's.
  }
}

function startOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { port: { type: 'string' }, host: { type: 'string' }, activities: { type: 'string', multiple: true } },
    }).values
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error))
  }
}

const given = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text.trim()

const commaList = (text: string | undefined): string[] =>
  (given(text) ?? '').split(',').flatMap((part) => given(part) ?? [])

function readPort(text: string | undefined): number {
  if (text === undefined) return 8080
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new ConfigError(`PORT=${text} is no port: it must be a number from 0 (any free one) to 65535.`)
  return Number(text)
}

function readMongodbUri(text: string | undefined): string | null {
  if (text === undefined) return null
  // The text itself may hold a password, so it is not repeated.
  if (!/^mongodb(\+srv)?:\/\//.test(text))
    throw new ConfigError('MONGODB_URI must begin with mongodb:// or mongodb+srv://.')
  return text
}

function readLogLevel(text: string): LogLevel {
  const level = logLevels.find((known) => known === text.toLowerCase())
  if (!level) throw new ConfigError(`LOG_LEVEL=${text} is not known: it must be one of ${logLevels.join(', ')}.`)
  return level
}

function readSwitch(name: string, text: string): boolean {
  if (/^(on|true|1|yes)$/i.test(text)) return true
  if (/^(off|false|0|no)$/i.test(text)) return false
  throw new ConfigError(`${name}=${text} must be on or off.`)
}
