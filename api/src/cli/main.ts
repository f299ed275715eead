#!/usr/bin/env node
// The command line. Everything but `start`, `validate`, `check` and `test` speaks to a running server.
import { parseArgs } from 'node:util'
import { ConfigError, readClientConfig } from '../config.ts'
import { isMain } from '../is-main.ts'
import { main as startMain } from '../main.ts'
import { check } from './check.ts'
import { Client, ServerError } from './client.ts'
import { type Command, type Printer, textOption, UsageError, type Values } from './command.ts'
import { deploy } from './deploy.ts'
import { history } from './history.ts'
import { list } from './list.ts'
import { operations } from './operate.ts'
import { raise } from './raise.ts'
import { run } from './run.ts'
import { show } from './show.ts'
import { test } from './test.ts'
import { validate } from './validate.ts'

const commands: readonly Command[] = [validate, check, test, deploy, run, list, show, history, raise, ...operations]

const everywhere = {
  url: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const usage = `durable-canvas COMMAND

  start [--port N] [--host NAME] [--activities FILE|DIR]
      Start the server
${commands.map((command) => `  ${command.usage}\n      ${command.summary}`).join('\n')}

  --url URL      the server (default: DURABLE_CANVAS_URL, else http://127.0.0.1:8080)
  --token TEXT   its token (default: API_TOKEN)
  --json         print JSON
  --help         print this`

export async function cli(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    console.log(usage)
    return name === undefined ? 2 : 0
  }
  const command = commands.find((known) => known.name === name)
  if (!command) {
    console.error(`There is no command ${name}.\n\n${usage}`)
    return 2
  }
  return runCommand(command, rest)
}

async function runCommand(command: Command, rest: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parse(command, rest)
    if (values.help === true) {
      console.log(`durable-canvas ${command.usage}\n    ${command.summary}`)
      return 0
    }
    const [least, most] = command.args
    if (positionals.length < least) throw new UsageError('Something is missing.')
    if (positionals.length > most) throw new UsageError(`"${positionals[most]}" is one argument too many.`)
    const client = new Client(readClientConfig({ url: textOption(values, 'url'), token: textOption(values, 'token') }))
    return await command.run({ client, args: positionals, values, print: printer(values.json === true) })
  } catch (error) {
    return tellFailure(command, error)
  }
}

function parse(command: Command, rest: readonly string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...rest], allowPositionals: true, options: { ...command.options, ...everywhere } })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const printer = (asJson: boolean): Printer => ({
  line: (text) => asJson || console.log(text),
  json: (value) => asJson && console.log(JSON.stringify(value, null, 2)),
  error: (text) => console.error(text),
})

function tellFailure(command: Command, error: unknown): number {
  if (error instanceof UsageError || error instanceof ConfigError) {
    console.error(`${error.message}\n\nusage: durable-canvas ${command.usage}`)
    return 2
  }
  if (!(error instanceof ServerError)) throw error
  console.error(error.message)
  for (const { path, message } of error.problems) console.error(`  ${path || '/'}: ${message}`)
  return 1
}

if (isMain(import.meta.url)) {
  const argv = process.argv.slice(2)
  if (argv[0] === 'start') await startMain(argv.slice(1))
  else process.exitCode = await cli(argv)
}
