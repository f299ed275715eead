// Server-sent events as the HTML standard writes them, from text that arrives in pieces. `fetch` reads them rather than
// EventSource, since only so can the token travel in a header, a dead line be noticed, and a stream resume where the page is.
export interface StreamMessage {
  readonly event: string
  readonly id: string | null
  readonly data: string
}

/** Feed it pieces of text; it answers the messages that became complete. Comments count as a sign of life but give none. */
export function createSseParser(): (piece: string) => StreamMessage[] {
  let rest = ''
  let event = 'message'
  let id: string | null = null
  let data: string[] = []

  const readLine = (line: string): StreamMessage | null => {
    if (line === '') {
      const message = data.length ? { event, id, data: data.join('\n') } : null
      event = 'message'
      id = null
      data = []
      return message
    }
    const colon = line.indexOf(':')
    if (colon === 0) return null
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (field === 'event') event = value
    else if (field === 'data') data.push(value)
    else if (field === 'id') id = value
    return null
  }

  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n/)
    rest = lines.pop() ?? ''
    return lines.map(readLine).filter((message) => message !== null)
  }
}
