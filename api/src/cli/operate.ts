import type { InstanceView } from '@durable-canvas/interpreter'
import { instancePath } from './client.ts'
import { type Command, textOption, versionOption } from './command.ts'

const operation = (name: 'terminate' | 'suspend' | 'resume' | 'rewind', summary: string): Command => ({
  name,
  usage: `${name} ID [--reason TEXT]`,
  summary,
  options: { reason: { type: 'string' } },
  args: [1, 1],
  async run({ client, args, values, print }) {
    const reason = textOption(values, 'reason')
    const path = `${instancePath(args[0] ?? '')}/${name}`
    const { body } = await client.call<InstanceView>('POST', path, reason === undefined ? {} : { reason })
    print.json(body)
    print.line(`${body.instanceId} ${body.status}`)
    return 0
  },
})

const migrate: Command = {
  name: 'migrate',
  usage: 'migrate ID [--version N] [--reason TEXT]',
  summary: 'Let an instance go on under another version of its definition (default: the latest)',
  options: { version: { type: 'string' }, reason: { type: 'string' } },
  args: [1, 1],
  async run({ client, args, values, print }) {
    const reason = textOption(values, 'reason')
    const version = versionOption(values)
    const { body } = await client.call<InstanceView>('POST', `${instancePath(args[0] ?? '')}/migrate`, {
      ...(reason === undefined ? {} : { reason }),
      ...(version === undefined ? {} : { version }),
    })
    print.json(body)
    print.line(`${body.instanceId} ${body.status}, version ${body.version}`)
    return 0
  },
}

export const operations: readonly Command[] = [
  operation('suspend', 'Suspend an instance'),
  operation('resume', 'Resume a suspended instance'),
  operation('terminate', 'Terminate an instance'),
  operation('rewind', 'Rewind a failed instance to its failed steps'),
  migrate,
]
