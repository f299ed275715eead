import type { HistoryEvent } from '@durable-canvas/schema'
import { instancePath } from './client.ts'
import type { Command } from './command.ts'
import { tableOf } from './table.ts'

interface HistoryPage {
  readonly items: readonly HistoryEvent[]
  readonly next: number | null
}

export const history: Command = {
  name: 'history',
  usage: 'history ID',
  summary: 'Show the history of an instance',
  args: [1, 1],
  async run({ client, args, print }) {
    const events: HistoryEvent[] = []
    for (let after: number | null = 0; after !== null; ) {
      const { body }: { body: HistoryPage } = await client.call<HistoryPage>(
        'GET',
        `${instancePath(args[0] ?? '')}/history?after=${after}&limit=500`,
      )
      events.push(...body.items)
      after = body.next
    }
    print.json(events)
    const rows = events.map((event) => [
      String(event.seq),
      event.at,
      event.type,
      'step' in event ? (event.step ?? '') : '',
    ])
    print.line(tableOf(['SEQ', 'AT', 'TYPE', 'STEP'], rows))
    return 0
  },
}
