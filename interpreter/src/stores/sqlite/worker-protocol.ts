// What the store and its worker threads say to each other. A group of operations goes out as one flat array and is
// answered once: `results` in the order of the operations, `failures` for those that failed alone.
import type { Calls } from './calls.ts'

/** What begins each operation in a group. A commit's columns follow it flat; any other has its name and arguments. */
export const COMMIT = 1
export const CALL = 2

export interface WorkerStart {
  readonly role: 'writer' | 'reader'
  readonly file: string
  readonly synchronous: 'FULL' | 'NORMAL'
}

export type CallName = keyof Calls
export type CallArguments<Name extends CallName> = Parameters<Calls[Name]>
export type CallResult<Name extends CallName> = ReturnType<Calls[Name]>

export interface Failure {
  readonly message: string
  readonly isLocked: boolean
}

export type ToWorker = { readonly type: 'group'; readonly columns: readonly unknown[] } | { readonly type: 'close' }

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly failure: Failure }
  | {
      readonly type: 'done'
      /** What the disk took of it. */
      readonly commitMs: number
      readonly results: readonly unknown[]
      readonly failures: readonly (readonly [number, Failure])[]
    }
  | { readonly type: 'failed'; readonly failure: Failure }
