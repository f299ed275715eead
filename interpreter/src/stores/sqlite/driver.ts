// The API of node:sqlite, by whichever package this Node has it: built in, or the package that brings the same to Node 20.

export type Column = string | number | null

export interface Statement {
  run(...parameters: Column[]): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint }
  get(...parameters: Column[]): unknown
  all(...parameters: Column[]): unknown[]
}

export interface Database {
  prepare(sql: string): Statement
  exec(sql: string): void
  close(): void
}

interface Driver {
  readonly DatabaseSync: new (
    file: string,
    options?: { readonly readOnly?: boolean; readonly timeout?: number },
  ) => Database
}

export async function loadDriver(): Promise<Driver> {
  // Asked for at run time and not imported, since Node 20 has no such module and bundlers try to resolve it.
  const builtin = process.getBuiltinModule?.('node:sqlite')
  return (builtin ?? (await import('@photostructure/sqlite'))) as unknown as Driver
}

/** SQLite's primary result code of an error that the driver threw, or null if it is not one. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}

export const SQLITE_BUSY = 5
export const SQLITE_IOERR = 10
export const SQLITE_FULL = 13

/** Prepares each text once. The texts are constants or few combinations of constants, so that the cache stays small. */
export type Sql = (text: string) => Statement

export function statementsOf(db: Database): Sql {
  const prepared = new Map<string, Statement>()
  return (text) => {
    let statement = prepared.get(text)
    if (statement === undefined) {
      statement = db.prepare(text)
      prepared.set(text, statement)
    }
    return statement
  }
}
