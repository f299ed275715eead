// The REST door as a journey uses it: to look behind the screen, and to prepare what is not its subject.
export interface InstanceView {
  readonly instanceId: string
  readonly definition: string
  readonly version: number
  readonly status: string
  readonly input: unknown
  readonly output: unknown
  readonly customStatus: unknown
  readonly failure: { readonly type: string; readonly message: string; readonly step?: string } | null
  readonly waitingFor: readonly { readonly kind: string; readonly step: string; readonly name?: string }[]
}

export interface HistoryItem {
  readonly seq: number
  readonly at: string
  readonly type: string
  readonly step?: string
  readonly [field: string]: unknown
}

export interface Answer<T> {
  readonly status: number
  readonly body: T
}

export class Api {
  readonly #url: () => string

  constructor(url: () => string) {
    this.#url = url
  }

  async call<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.#url()}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== ''
    return { status: response.status, body: (isJson ? JSON.parse(text) : text) as T }
  }

  async deploy(definition: unknown): Promise<{ name: string; version: number }> {
    const { status, body } = await this.call<{ name: string; version: number }>('POST', '/api/definitions', definition)
    if (status !== 201 && status !== 200) throw new Error(`deployment answered ${status}: ${JSON.stringify(body)}`)
    return body
  }

  /** Lays a draft down that nobody has drawn. */
  async draw(name: string, definition: object, layout: unknown = { positions: {} }): Promise<void> {
    const body = { definition: { dsl: '1', ...definition, name }, layout }
    const { status } = await this.call('PUT', `/api/drafts/${name}`, body, { 'if-none-match': '*' })
    if (status >= 300) throw new Error(`the draft ${name} was answered with ${status}`)
  }

  /** The steps of the draft as it was saved last; nothing until the first save. */
  async drawnSteps(name: string): Promise<Readonly<Record<string, { readonly [field: string]: unknown }>> | undefined> {
    const { body } = await this.call<{ definition?: { steps: Record<string, { [field: string]: unknown }> } }>(
      'GET',
      `/api/drafts/${name}`,
    )
    return body.definition?.steps
  }

  async start(definition: string, input: unknown, instanceId?: string): Promise<InstanceView> {
    const { status, body } = await this.call<InstanceView>('POST', '/api/instances', { definition, input, instanceId })
    if (status !== 201) throw new Error(`the start answered ${status}: ${JSON.stringify(body)}`)
    return body
  }

  async startMany(definition: string, instanceIds: readonly string[]): Promise<void> {
    const body = instanceIds.map((instanceId) => ({ definition, input: null, instanceId }))
    const answer = await this.call<{ items: { status: number }[] }>('POST', '/api/instances/batch', body)
    const refused = answer.body.items.filter(({ status }) => status !== 201)
    if (refused.length > 0) throw new Error(`${refused.length} did not start: ${JSON.stringify(refused[0])}`)
  }

  async get(instanceId: string): Promise<InstanceView> {
    const { status, body } = await this.call<InstanceView>('GET', `/api/instances/${encodeURIComponent(instanceId)}`)
    if (status !== 200) throw new Error(`${instanceId} answered ${status}: ${JSON.stringify(body)}`)
    return body
  }

  async history(instanceId: string): Promise<readonly HistoryItem[]> {
    const path = `/api/instances/${encodeURIComponent(instanceId)}/history?limit=500`
    const { body } = await this.call<{ items: HistoryItem[] }>('GET', path)
    return body.items
  }

  /** Waits until the instance is as asked; the last state seen is in the error. */
  async until(
    instanceId: string,
    what: string,
    holds: (view: InstanceView) => boolean,
    withinMs = 30_000,
  ): Promise<InstanceView> {
    const end = Date.now() + withinMs
    for (;;) {
      const view = await this.get(instanceId)
      if (holds(view)) return view
      if (Date.now() > end)
        throw new Error(`${instanceId} was not ${what} within ${withinMs} ms: ${JSON.stringify(view)}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  finished(instanceId: string, withinMs?: number): Promise<InstanceView> {
    return this.until(
      instanceId,
      'finished',
      ({ status }) => ['Completed', 'Failed', 'Terminated'].includes(status),
      withinMs,
    )
  }
}
