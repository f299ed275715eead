import type { InstanceView } from '@durable-canvas/interpreter'
import { instancePath } from './client.ts'
import type { Command } from './command.ts'

export const show: Command = {
  name: 'show',
  usage: 'show ID',
  summary: 'Show an instance',
  args: [1, 1],
  async run({ client, args, print }) {
    const { body } = await client.call<InstanceView>('GET', instancePath(args[0] ?? ''))
    print.json(body)
    print.line(`${body.instanceId} ${body.status}`)
    print.line(`definition     ${body.definition}@${body.version}`)
    print.line(`created        ${body.createdAt}`)
    print.line(`last updated   ${body.lastUpdatedAt}`)
    if (body.completedAt !== null) print.line(`completed      ${body.completedAt}`)
    if (body.customStatus !== null) print.line(`custom status  ${JSON.stringify(body.customStatus)}`)
    for (const one of body.waitingFor)
      print.line(`waiting for    ${one.kind} ${one.name ?? ''} at ${one.step} since ${one.since}`)
    print.line(`input          ${JSON.stringify(body.input)}`)
    if (body.status === 'Completed') print.line(`output         ${JSON.stringify(body.output)}`)
    if (body.failure) print.line(`failure        ${body.failure.type}: ${body.failure.message}`)
    return 0
  },
}
