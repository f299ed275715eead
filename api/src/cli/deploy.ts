import { hasErrors, type LocatedProblem, type Problem } from '@durable-canvas/schema'
import { type Client, ServerError } from './client.ts'
import type { Command } from './command.ts'
import { checkFile, type DefinitionFile, inWords, locateProblems, readFiles } from './definition-file.ts'

interface Deployed {
  readonly name: string
  readonly version: number
  readonly hash: string
  readonly problems: readonly Problem[]
}

interface Result {
  readonly file: DefinitionFile
  readonly deployed: Deployed | null
  readonly isNew: boolean
  readonly problems: readonly LocatedProblem[]
}

export const deploy: Command = {
  name: 'deploy',
  usage: 'deploy FILE|DIR… [--comment TEXT]',
  summary: 'Deploy definitions',
  options: { comment: { type: 'string' } },
  args: [1, Number.POSITIVE_INFINITY],
  async run({ client, args, values, print }) {
    const results: Result[] = []
    for (const file of await readFiles(args, { folders: true })) {
      const result = await deployFile(client, file, values.comment)
      results.push(result)
      for (const problem of result.problems) print.error(inWords(file, problem))
      if (result.deployed)
        print.line(
          `${file.path}: ${result.deployed.name} version ${result.deployed.version}${result.isNew ? '' : ' (unchanged)'}`,
        )
    }
    print.json(
      results.map(({ file, deployed, isNew, problems }) => ({
        file: file.path,
        deployed: deployed !== null,
        ...deployed,
        isNew,
        problems,
      })),
    )
    return results.every(({ deployed }) => deployed) ? 0 : 1
  },
}

async function deployFile(client: Client, file: DefinitionFile, comment: unknown): Promise<Result> {
  const found = checkFile(file)
  if (hasErrors(found)) return { file, deployed: null, isNew: false, problems: found }
  try {
    const definition: unknown = JSON.parse(file.text.replace(/^\uFEFF/, ''))
    const { status, body } = await client.call<Deployed>('POST', '/api/definitions', {
      definition,
      ...(comment === undefined ? {} : { comment }),
    })
    return { file, deployed: body, isNew: status === 201, problems: locateProblems(file, body.problems) }
  } catch (error) {
    if (!(error instanceof ServerError) || error.problems.length === 0) throw error
    return { file, deployed: null, isNew: false, problems: locateProblems(file, error.problems) }
  }
}
