import { readFile } from 'node:fs/promises'
import { hasErrors, parseDefinitionText } from '@durable-canvas/schema'
import { historyOf, replayHistory } from '../replayed-history.ts'
import { type Command, jsonArgument, UsageError } from './command.ts'
import { inWords, readFiles } from './definition-file.ts'

export const check: Command = {
  name: 'check',
  usage: 'check DEFINITION-FILE HISTORY-FILE…',
  summary: 'Hold recorded histories against a definition; needs no server',
  args: [2, Number.POSITIVE_INFINITY],
  async run({ args: [path = '', ...histories], print }) {
    const [file] = await readFiles([path], { folders: false })
    if (!file) throw new UsageError(`There is no file ${path}.`)
    const { definition, problems } = parseDefinitionText(file.text)
    for (const problem of problems) print.error(inWords(file, problem))
    if (!definition || hasErrors(problems)) return 1
    const results = []
    for (const name of histories) {
      const text = await readFile(name, 'utf8').catch(() => {
        throw new UsageError(`There is no file ${name}.`)
      })
      const read = historyOf(jsonArgument(name, text))
      if ('wrong' in read) throw new UsageError(`${name}: ${read.wrong}`)
      const result = replayHistory(definition, read.history)
      results.push({ file: name, ...result })
      if (result.deviation) print.error(`${name}: ${result.deviation.message}`)
      else print.line(`${name}: fits, ${result.events} events, ${result.status}`)
    }
    print.json(results)
    return results.every(({ fits }) => fits) ? 0 : 1
  },
}
