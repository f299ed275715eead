import { hasErrors } from '@durable-canvas/schema'
import type { Command } from './command.ts'
import { checkFile, inWords, readFiles } from './definition-file.ts'

export const validate: Command = {
  name: 'validate',
  usage: 'validate FILE…',
  summary: 'Check definitions; needs no server',
  args: [1, Number.POSITIVE_INFINITY],
  async run({ args, print }) {
    const results = (await readFiles(args, { folders: true })).map((file) => ({ file, problems: checkFile(file) }))
    for (const { file, problems } of results) {
      for (const problem of problems) print.error(inWords(file, problem))
      if (!hasErrors(problems)) print.line(`${file.path}: valid`)
    }
    print.json(results.map(({ file, problems }) => ({ file: file.path, valid: !hasErrors(problems), problems })))
    return results.some(({ problems }) => hasErrors(problems)) ? 1 : 0
  },
}
