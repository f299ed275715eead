// The command line as a shell runs it: its exit code and all that it prints.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { mainFile } from './server.ts'

export interface Ran {
  readonly code: number | null
  readonly output: string
}

export async function commandLine(...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [join(dirname(mainFile), 'cli', 'main.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const read = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}
