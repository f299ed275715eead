import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { InstanceView } from '@durable-canvas/interpreter'
import { type Client, instancePath } from './client.ts'
import { type Command, jsonArgument, textOption, UsageError, versionOption } from './command.ts'

const waitSeconds = 60
const lookEveryMs = 500

export const run: Command = {
  name: 'run',
  usage: 'run NAME [--input JSON|@FILE] [--id ID] [--version N] [--wait]',
  summary: 'Start an instance; with --wait, see it through (exit code 0 only if it completed)',
  options: {
    input: { type: 'string' },
    id: { type: 'string' },
    version: { type: 'string' },
    wait: { type: 'boolean' },
  },
  args: [1, 1],
  async run({ client, args, values, print }) {
    const version = versionOption(values)
    const instanceId = textOption(values, 'id')
    const body = {
      definition: args[0],
      input: await inputOf(textOption(values, 'input')),
      ...(version === undefined ? {} : { version }),
      ...(instanceId === undefined ? {} : { instanceId }),
    }
    const query = values.wait === true ? `?wait=${waitSeconds}` : ''
    const started = await client.call<InstanceView>('POST', `/api/instances${query}`, body)
    if (values.wait !== true) {
      print.line(`${started.body.instanceId} ${started.body.status}`)
      print.json(started.body)
      return 0
    }
    const view = await untilFinished(client, started.body)
    print.json(view)
    if (view.status === 'Completed') {
      print.line(`${view.instanceId} Completed`)
      print.line(JSON.stringify(view.output, null, 2))
      return 0
    }
    print.error(
      `${view.instanceId} ${view.status}${view.failure ? `: ${view.failure.type}: ${view.failure.message}` : ''}`,
    )
    return 1
  },
}

async function inputOf(text: string | undefined): Promise<unknown> {
  if (text === undefined) return null
  if (!text.startsWith('@')) return jsonArgument('--input', text)
  const content = await readFile(text.slice(1), 'utf8').catch(() => {
    throw new UsageError(`There is no file ${text.slice(1)}.`)
  })
  return jsonArgument(text.slice(1), content)
}

async function untilFinished(client: Client, first: InstanceView): Promise<InstanceView> {
  let view = first
  while (view.completedAt === null) {
    await sleep(lookEveryMs)
    view = (await client.call<InstanceView>('GET', instancePath(first.instanceId))).body
  }
  return view
}
