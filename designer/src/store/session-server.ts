// Whether the server answers, as all pages show it. Streams and calls report here; nobody else guesses.
import { create } from 'zustand'

export type ServerConnection = 'connecting' | 'connected' | 'reconnecting' | 'offline'

export interface ServerState {
  readonly connection: ServerConnection
  /** When it came to be so, milliseconds since 1970. */
  readonly since: number
}

export const useServerState = create<ServerState>()(() => ({ connection: 'connecting', since: Date.now() }))

/** After this long without an answer "reconnecting" is called "offline". */
export const offlineAfterMs = 6_000

export function reportConnected(now = Date.now()): void {
  if (useServerState.getState().connection !== 'connected')
    useServerState.setState({ connection: 'connected', since: now })
}

export function reportLost(now = Date.now()): void {
  const { connection, since } = useServerState.getState()
  if (connection === 'offline') return
  if (connection === 'connected') useServerState.setState({ connection: 'reconnecting', since: now })
  else if (now - since >= offlineAfterMs) useServerState.setState({ connection: 'offline', since })
}
