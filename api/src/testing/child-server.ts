// The server as a process of its own, from its sources, for tests of its beginning and its end.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url)
const tsx = pathToFileURL(require.resolve('tsx')).href

export interface Child {
  readonly process: ChildProcess
  output(): { readonly out: string; readonly err: string }
  /** The address, once it says that it listens. Throws when it ends before. */
  listening(): Promise<string>
  /** Its exit code, once it has ended. */
  ended(): Promise<number | null>
}

/** `file` is relative to this package's src. Nothing of the surrounding environment reaches it. */
export function spawnSource(
  file: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd: string },
): Child {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@durable-canvas/source', '--import', tsx, path, ...args], {
    cwd: options.cwd,
    env: options.env ?? {},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  return {
    process: child,
    output: () => ({ out, err }),
    async listening() {
      for (;;) {
        const url = /^listening on (http:\/\/\S+)$/m.exec(out)?.[1]
        if (url !== undefined) return url
        if (child.exitCode !== null) throw new Error(`it ended (${child.exitCode}) before it listened: ${err}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async ended() {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      return child.exitCode
    },
  }
}
