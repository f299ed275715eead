// `npm start`: reads the configuration, starts the server, and ends it when asked to. Whatever keeps it from starting is one line on stderr and exit code 1.
import { readConfig } from './config.ts'
import { isMain } from './is-main.ts'
import { startServer } from './server.ts'
import { startFailure } from './start-failure.ts'

const longestEndMs = 9_500

export async function main(args: readonly string[]): Promise<void> {
  try {
    const server = await startServer(readConfig(args))
    const end = (signal: NodeJS.Signals): void => {
      // A second signal means: now.
      if (isEnding) process.exit(1)
      isEnding = true
      server.log.info({ signal }, 'ending')
      setTimeout(() => process.exit(1), longestEndMs).unref()
      server.close().then(
        () => process.exit(0),
        (error: unknown) => {
          server.log.error({ err: error }, 'could not end cleanly')
          process.exit(1)
        },
      )
    }
    let isEnding = false
    process.on('SIGTERM', end).on('SIGINT', end)
    console.log(`listening on ${server.url}`)
  } catch (error) {
    console.error(startFailure(error))
    process.exit(1)
  }
}

if (isMain(import.meta.url)) await main(process.argv.slice(2))
