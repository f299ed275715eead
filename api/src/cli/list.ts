import type { InstanceSummary, Page } from '@durable-canvas/interpreter'
import { type Command, textOption } from './command.ts'
import { tableOf } from './table.ts'

export const list: Command = {
  name: 'list',
  usage: 'list [--definition NAME] [--status A,B] [--limit N]',
  summary: 'List instances, newest first',
  options: { definition: { type: 'string' }, status: { type: 'string' }, limit: { type: 'string' } },
  args: [0, 0],
  async run({ client, values, print }) {
    const query = new URLSearchParams()
    for (const name of ['definition', 'status', 'limit']) {
      const value = textOption(values, name)
      if (value !== undefined) query.set(name, value)
    }
    const { body } = await client.call<Page<InstanceSummary>>('GET', `/api/instances?${query}`)
    print.json(body)
    print.line(
      tableOf(
        ['STATUS', 'ID', 'DEFINITION', 'CREATED'],
        body.items.map((one) => [one.status, one.instanceId, `${one.definition}@${one.version}`, one.createdAt]),
      ),
    )
    if (body.next !== null) print.line('… and more; raise --limit or filter to see them')
    return 0
  },
}
