// What a command of the command line is. It prints for people, or with --json for programs, and answers the exit code.
import type { ParseArgsConfig } from 'node:util'
import type { Client } from './client.ts'

export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

export interface CommandCall {
  readonly client: Client
  readonly args: readonly string[]
  readonly values: Values
  readonly print: Printer
}

export interface Printer {
  /** For people; silent with --json. */
  line(text: string): void
  /** For programs; silent without --json. */
  json(value: unknown): void
  error(text: string): void
}

export interface Command {
  readonly name: string
  /** After the program's name. */
  readonly usage: string
  readonly summary: string
  readonly options?: NonNullable<ParseArgsConfig['options']>
  /** How many arguments it takes. */
  readonly args: readonly [least: number, most: number]
  run(call: CommandCall): Promise<number>
}

/** What the user did wrong; printed with the command's usage, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const textOption = (values: Values, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** Throws UsageError. */
export function versionOption(values: Values): number | undefined {
  const text = textOption(values, 'version')
  if (text !== undefined && !/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(`--version ${text} is no version number.`)
  return text === undefined ? undefined : Number(text)
}

export function jsonArgument(what: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${what} is not JSON: ${error instanceof Error ? error.message : error}`)
  }
}
