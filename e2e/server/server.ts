// The real built server, as a process of its own that a journey can kill and bring back on the same port and data.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What is tested: the built server; the built command line lies beside it. */
export const mainFile = process.env.E2E_SERVER ?? fileURLToPath(new URL('../../api/dist/main.js', import.meta.url))

export interface ServerOptions {
  readonly dataDir: string
  /** Then MongoDB is the store. */
  readonly mongoUri?: string | undefined
  readonly env?: Readonly<Record<string, string>>
}

export class Server {
  readonly dataDir: string
  readonly #options: ServerOptions
  #child: ChildProcess | undefined
  #url: string | undefined
  #output = ''

  constructor(options: ServerOptions) {
    this.#options = options
    this.dataDir = options.dataDir
  }

  get url(): string {
    if (this.#url === undefined) throw new Error('the server has not been started')
    return this.#url
  }

  /** All that it has printed, for the report of a failed journey. */
  get output(): string {
    return this.#output
  }

  /** Starts it, the second time on the port of the first, and waits until it says that it listens. */
  async start(): Promise<void> {
    const port = this.#url === undefined ? '0' : new URL(this.#url).port
    const { MONGODB_URI: _named, API_TOKEN: _token, ...inherited } = process.env
    const child = spawn(process.execPath, [mainFile], {
      cwd: this.#options.dataDir,
      env: {
        ...inherited,
        NODE_ENV: 'production',
        PORT: port,
        HOST: '127.0.0.1',
        DATA_DIR: this.#options.dataDir,
        LOG_LEVEL: 'warn',
        ...(this.#options.mongoUri === undefined ? {} : { MONGODB_URI: this.#options.mongoUri }),
        ...this.#options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    this.#url = await this.#listening(child)
  }

  #listening(child: ChildProcess): Promise<string> {
    return new Promise((resolve, reject) => {
      let text = ''
      const limit = setTimeout(() => reject(new Error(`the server did not listen within 30 s:\n${text}`)), 30_000)
      const read = (chunk: Buffer) => {
        text += chunk.toString()
        this.#output += chunk.toString()
        const line = /listening on (http:\/\/\S+)/.exec(text)
        if (line?.[1] === undefined) return
        clearTimeout(limit)
        resolve(line[1].replace(/\/$/, ''))
      }
      child.stdout?.on('data', read)
      child.stderr?.on('data', read)
      child.once('exit', (code, signal) => {
        clearTimeout(limit)
        reject(new Error(`the server ended (${code ?? signal}) before it listened:\n${text}`))
      })
    })
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Asks it to end; answers how it did. */
  async stop(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    return this.#end('SIGTERM')
  }

  async #end(how: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    const child = this.#child
    if (child === undefined) return { code: null, signal: null }
    if (child.exitCode !== null || child.signalCode !== null) return { code: child.exitCode, signal: child.signalCode }
    const ended = once(child, 'exit')
    child.kill(how)
    const limit = setTimeout(() => child.kill('SIGKILL'), 15_000)
    await ended
    clearTimeout(limit)
    return { code: child.exitCode, signal: child.signalCode }
  }
}
