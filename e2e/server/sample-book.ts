// What the sample activities leave in the data folder: the order book, the payments, the outbox; and their delays, by which
// a journey slows one down.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface SampleBook {
  readonly delays: Readonly<Record<string, number>>
  readonly stock: Readonly<Record<string, number>>
  readonly orders: Readonly<Record<string, { readonly status: string; readonly transactionId?: string }>>
  readonly payments: Readonly<Record<string, { readonly orderId: string; readonly transactionId: string }>>
  readonly reservations: Readonly<Record<string, unknown>>
  readonly outbox: readonly { readonly orderId: string; readonly to: string }[]
}

const fileIn = (dataDir: string) => join(dataDir, 'samples.json')

export async function readSamples(dataDir: string): Promise<SampleBook> {
  return JSON.parse(await readFile(fileIn(dataDir), 'utf8'))
}

/** Holds for activities that begin from now on. Nothing else may run meanwhile, since the file is replaced. */
export const setDelays = (dataDir: string, delays: Readonly<Record<string, number>>): Promise<void> =>
  replace(dataDir, (book) => ({ ...book, delays }))

/** How many of an article lie in the warehouse; as above. */
export const setStock = (dataDir: string, stock: Readonly<Record<string, number>>): Promise<void> =>
  replace(dataDir, (book) => ({ ...book, stock: { ...book.stock, ...stock } }))

async function replace(dataDir: string, change: (book: SampleBook) => SampleBook): Promise<void> {
  await writeFile(fileIn(dataDir), JSON.stringify(change(await readSamples(dataDir))))
  // The server looks at the file again after a tenth of a second.
  await new Promise((resolve) => setTimeout(resolve, 200))
}

export const paymentsOf = (book: SampleBook, orderId: string) =>
  Object.values(book.payments).filter((payment) => payment.orderId === orderId)
