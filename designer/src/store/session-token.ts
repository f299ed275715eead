// The API token of this tab. Asked for once, when the server answers 401; kept until the tab closes.
import { create } from 'zustand'

const key = 'durable-canvas.token'

interface SessionToken {
  readonly token: string | null
  /** True while the shell asks for one. */
  readonly asked: boolean
  /** True when the token that was given was refused. */
  readonly refused: boolean
}

export const useSessionToken = create<SessionToken>()(() => ({
  token: sessionStorage.getItem(key),
  asked: false,
  refused: false,
}))

export const sessionToken = (): string | null => useSessionToken.getState().token

export function askForToken(usedToken: string | null): void {
  // An answer to a call that was made before the token was given says nothing about the token.
  if (usedToken !== sessionToken()) return
  useSessionToken.setState({ asked: true, refused: usedToken !== null })
}

export function giveToken(token: string): void {
  sessionStorage.setItem(key, token)
  useSessionToken.setState({ token, asked: false, refused: false })
}
