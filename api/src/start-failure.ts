// Why the server did not start, in one line for whoever started it. What is nobody's mistake comes with its stack.
import { ActivityLoadError } from './activities/load-activities.ts'
import { ConfigError } from './config.ts'

export function startFailure(error: unknown): string {
  if (!(error instanceof Error)) return `The server could not start: ${error}`
  if (error instanceof ConfigError || error instanceof ActivityLoadError) return error.message
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return `The port is in use already (${addressOf(error)}). Stop what listens there, or set PORT to another one; 0 picks a free one.`
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
    return `The server cannot listen on ${addressOf(error)}: ${error.message}`
  if (code === 'StoreLocked') return `Another server uses this data folder already: ${error.message}`
  if (
    code === 'StoreUnavailable' ||
    code === 'UnusableMongoUri' ||
    code === 'StoreFailed' ||
    error.name.startsWith('Mongo')
  )
    return `The database cannot be used: ${withoutPassword(error.message)}`
  return `The server could not start: ${error.stack ?? error.message}`
}

function addressOf(error: Error): string {
  const { address, port } = error as { address?: unknown; port?: unknown }
  return `${address ?? 'HOST'}:${port ?? 'PORT'}`
}

const withoutPassword = (text: string): string => text.replaceAll(/(mongodb(?:\+srv)?:\/\/)[^@/\s]*@/g, '$1…@')
