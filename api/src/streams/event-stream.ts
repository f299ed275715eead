// One open server-sent event stream. Whoever writes asks `writable()` first, so that a slow reader never makes a buffer grow:
// what cannot be sent now is read again from where it is stored, or replaced by something newer.
import type { Response } from 'express'
import type { Door } from '../door.ts'

export interface StreamEvent {
  readonly event: string
  readonly data: unknown
  readonly id?: string
}

const commentEveryMs = 15_000
/** A reader that takes nothing for so long is gone, or may come back with Last-Event-ID. */
const dropAfterMs = 60_000

export class EventStream {
  readonly closed = new AbortController()
  readonly #response: Response
  #blockedSince: number | null = null

  constructor(response: Response, door: Door) {
    this.#response = response
    response.status(200)
    response.setHeader('content-type', 'text/event-stream; charset=utf-8')
    response.setHeader('cache-control', 'no-cache, no-transform')
    response.setHeader('x-accel-buffering', 'no')
    response.flushHeaders()
    door.metrics.streamOpened()

    const heartbeat = setInterval(() => this.#beat(), commentEveryMs)
    const end = () => response.end()
    door.closing.addEventListener('abort', end, { once: true })
    response.once('close', () => {
      clearInterval(heartbeat)
      door.closing.removeEventListener('abort', end)
      door.metrics.streamClosed()
      this.closed.abort()
    })
    response.on('drain', () => {
      this.#blockedSince = null
    })
    if (door.closing.aborted) end()
  }

  get isClosed(): boolean {
    return this.closed.signal.aborted || this.#response.writableEnded
  }

  get isBlocked(): boolean {
    return this.#blockedSince !== null
  }

  /** Resolves once something may be written, or the stream is closed. */
  async writable(): Promise<void> {
    if (!this.isBlocked || this.isClosed) return
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#response.off('drain', done).off('close', done)
        resolve()
      }
      this.#response.on('drain', done).on('close', done)
    })
  }

  send({ event, data, id }: StreamEvent): void {
    this.#write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`)
  }

  end(): void {
    if (!this.isClosed) this.#response.end()
  }

  #beat(): void {
    if (this.#blockedSince !== null && Date.now() - this.#blockedSince > dropAfterMs) this.#response.destroy()
    else if (!this.isBlocked) this.#write(': still here\n\n')
  }

  #write(text: string): void {
    if (this.isClosed) return
    if (!this.#response.write(text)) this.#blockedSince ??= Date.now()
  }
}
