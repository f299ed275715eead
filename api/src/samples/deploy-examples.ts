// Deploys the language's examples on the first start. Once deployed they are the user's: a mark in the store keeps a later start
// from deploying them again, over a newer version or after they were cleared away.
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Engine } from '@durable-canvas/interpreter'
import { hasErrors } from '@durable-canvas/schema'
import type { Logger } from 'pino'

const mark = 'examplesDeployed'
const require = createRequire(import.meta.url)

export async function deployExamples(engine: Engine, log: Logger): Promise<void> {
  const done = await engine.store.getSetting(mark)
  const deployed = new Set(Array.isArray(done) ? done : [])
  for (const [file, definition] of await examples()) {
    if (deployed.has(file) || hasErrors(await engine.check(definition))) continue
    const name = nameOf(definition)
    if (name === null || (await engine.store.getDefinition(name)) === null)
      await engine.deploy(definition, { comment: 'Example' })
    deployed.add(file)
    log.debug({ file }, 'example deployed')
  }
  await engine.store.putSetting(mark, [...deployed])
}

async function examples(): Promise<readonly (readonly [string, unknown])[]> {
  const directory = join(dirname(require.resolve('@durable-canvas/schema/definition.schema.json')), 'examples')
  const files = (await readdir(directory)).filter((file) => file.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (file) => [file, JSON.parse(await readFile(join(directory, file), 'utf8'))] as const),
  )
}

function nameOf(definition: unknown): string | null {
  const name = typeof definition === 'object' && definition !== null && 'name' in definition ? definition.name : null
  return typeof name === 'string' ? name : null
}
