import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)

// What a page under the usual content security policy may not do either.
const flags = ['--disallow-code-generation-from-strings', '--conditions=@durable-canvas/source', '--import', 'tsx']

const program = `
  import { readdirSync, readFileSync } from 'node:fs'
  import { compileExpression, hashDefinition, parseDefinitionText } from '@durable-canvas/schema'
  const folder = new URL('./examples/', 'file://' + process.cwd() + '/')
  let made = 0
  try { new Function('return 1')() } catch { made = -1 }
  if (made !== -1) throw new Error('code from text is allowed here, so this proves nothing')
  const texts = (at) => readdirSync(at).filter((file) => file.endsWith('.json')).map((file) => readFileSync(new URL(file, at), 'utf8'))
  const hashes = texts(folder).map((text) => hashDefinition(parseDefinitionText(text).definition))
  const problems = texts(new URL('broken/', folder)).flatMap((text) => parseDefinitionText(text).problems)
  console.log(JSON.stringify({ hashes: hashes.length, problems: problems.length > 30, sum: compileExpression('$sum(a)').evaluate({ a: [1, 2] }) }))
`

describe('the language', () => {
  it('is checked, hashed and evaluated without making code from text', async () => {
    const { stdout } = await run(process.execPath, [...flags, '--input-type=module', '--eval', program], {
      cwd: new URL('..', import.meta.url).pathname,
    })
    expect(JSON.parse(stdout)).toMatchObject({ hashes: expect.any(Number), problems: true, sum: 3 })
  }, 60_000)
})
