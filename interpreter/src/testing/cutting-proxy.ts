// A TCP proxy in front of a database which loses answers on purpose: the request is forwarded and takes effect, and then
// the connection breaks. Whoever asked cannot know what happened.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What to do with a connection when this request has been forwarded. */
export type Fate = 'pass' | 'cut at once' | 'cut before the answer'

export interface CuttingProxy {
  readonly port: number
  /** How many connections were cut since the last `decide`. */
  cuts(): number
  /** Asked for every request; by default all pass. */
  decide(fateOf: (request: Buffer) => Fate): void
  close(): Promise<void>
}

export async function cuttingProxy(targetPort: number): Promise<CuttingProxy> {
  const open = new Set<Socket>()
  let fateOf: (request: Buffer) => Fate = () => 'pass'
  let cuts = 0

  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1')
    let isDoomed = false
    const end = () => {
      client.destroy()
      target.destroy()
      open.delete(client)
    }
    open.add(client)
    for (const socket of [client, target]) socket.setNoDelay(true).on('error', end).on('close', end)
    client.on('data', (request) => {
      const fate = fateOf(request)
      isDoomed ||= fate === 'cut before the answer'
      if (fate === 'cut at once') {
        cuts++
        client.destroy()
        target.end(request)
      } else target.write(request)
    })
    target.on('data', (answer) => {
      if (!isDoomed) client.write(answer)
      else {
        cuts++
        end()
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    port: (server.address() as AddressInfo).port,
    cuts: () => cuts,
    decide: (next) => {
      fateOf = next
      cuts = 0
    },
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
