// A process that opens a SQLite store and says what it sees, for tests that need another process.
//   node … child-process.fixture.ts open FILE            "open", or the error's name and message; then waits
//   node … child-process.fixture.ts commit FILE CHAINS   commits without end, printing each turn once it is acknowledged
import { writeSync } from 'node:fs'
import { sqliteStore } from './index.ts'

const [what, file = '', chains = '8'] = process.argv.slice(2)
const say = (line: string) => writeSync(1, `${line}\n`)

const store = await sqliteStore({ file }).catch((error: Error) => {
  say(`${error.name}: ${error.message}`)
  process.exit(1)
})
say('open')

async function commitForever(instanceId: string): Promise<void> {
  let turn = (await store.readTurns(instanceId, { limit: 1_000_000 })).length
  for (;;) {
    turn++
    const outcome = await store.commit({
      turn: {
        instanceId,
        turn,
        executionId: 'x',
        firstSeq: turn,
        count: 1,
        at: 1,
        eventsJson: `["${'e'.repeat(200)}"]`,
      },
      deliver: [{ id: `${instanceId}:${turn}`, instanceId, kind: 'event', payloadJson: '{}', at: 1 }],
      consumed: [`${instanceId}:${turn - 1}`],
    })
    say(`${outcome} ${instanceId} ${turn}`)
  }
}

if (what === 'commit') await Promise.all(Array.from({ length: Number(chains) }, (_, i) => commitForever(`chain-${i}`)))
