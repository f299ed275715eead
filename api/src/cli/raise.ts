import { instancePath } from './client.ts'
import { type Command, jsonArgument, textOption } from './command.ts'

export const raise: Command = {
  name: 'raise',
  usage: 'raise ID EVENT [JSON] [--message-id TEXT]',
  summary: 'Raise an event to an instance',
  options: { 'message-id': { type: 'string' } },
  args: [2, 3],
  async run({ client, args, values, print }) {
    const [id = '', event = '', data = 'null'] = args
    const messageId = textOption(values, 'message-id')
    const query = messageId === undefined ? '' : `?messageId=${encodeURIComponent(messageId)}`
    const body = jsonArgument('The data', data)
    const answer = await client.call('POST', `${instancePath(id)}/events/${encodeURIComponent(event)}${query}`, body)
    print.json(answer.body)
    print.line(`${event} raised to ${id}`)
    return 0
  },
}
