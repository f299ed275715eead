// Reads server-sent events for the tests.
export interface SseMessage {
  readonly event: string
  readonly id: string | null
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it looks for.
  readonly data: any
}

export interface SseReader {
  readonly response: Response
  readonly messages: SseMessage[]
  /** All messages so far, once `holds` is true of them. */
  until(holds: (messages: readonly SseMessage[]) => boolean): Promise<readonly SseMessage[]>
  /** Whether the server has ended it. */
  readonly isOver: () => boolean
  close(): void
}

export async function openSse(url: string, headers: Readonly<Record<string, string>> = {}): Promise<SseReader> {
  const closing = new AbortController()
  const response = await fetch(url, { headers, signal: closing.signal })
  const messages: SseMessage[] = []
  let over = false
  const reading = read(response, messages).catch((error: unknown) => {
    if (!closing.signal.aborted) throw error
  })
  reading.then(
    () => {
      over = true
    },
    () => {
      over = true
    },
  )
  return {
    response,
    messages,
    isOver: () => over,
    close: () => closing.abort(),
    async until(holds) {
      const end = Date.now() + 15_000
      while (!holds(messages)) {
        if (Date.now() > end) throw new Error(`not within 15 s: ${JSON.stringify(messages)}`)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      return messages
    },
  }
}

async function read(response: Response, messages: SseMessage[]): Promise<void> {
  if (!response.body) return
  let rest = ''
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + piece).split('\n\n')
    rest = parts.pop() ?? ''
    for (const part of parts) if (!part.startsWith(':')) messages.push(messageOf(part))
  }
}

function messageOf(part: string): SseMessage {
  const fields = new Map(
    part.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id') ?? null,
    data: JSON.parse(fields.get('data') ?? 'null'),
  }
}
