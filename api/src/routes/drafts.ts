// A draft is a drawing not yet deployed. Two people may draw at once, so a write names the revision that it was made from and loses if there is a newer one.
import type { Draft } from '@durable-canvas/interpreter'
import { formatInstant, type Json } from '@durable-canvas/schema'
import { listOf, ref, type SchemaObject } from '../openapi/component-schemas.ts'
import { ApiError } from '../problem-json.ts'
import { type PageQuery, pageOf, pageQuery } from './paging.ts'
import { defineRoute, json } from './route.ts'

const newName: SchemaObject = {
  type: 'string',
  pattern: '^[a-z][a-z0-9-]{0,62}$',
  description: 'The name of the definition-to-be.',
}

interface DraftDocument {
  readonly definition: Json
  readonly layout: Json
}

const shown = (draft: Draft) => {
  const { definition, layout }: DraftDocument = JSON.parse(draft.documentJson)
  return { name: draft.name, definition, layout, revision: draft.revision, updatedAt: formatInstant(draft.updatedAt) }
}

const tagOf = (draft: Draft) => ({ etag: `"${draft.revision}"`, 'cache-control': 'no-cache' })

/** The name that the page before ended with. */
function nameAt(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  if (!text.startsWith('drafts:')) throw new ApiError('InvalidCursor', 'The cursor was not made by this list.')
  return text.slice('drafts:'.length)
}

const list = defineRoute<{ query: PageQuery }>({
  method: 'get',
  path: '/api/drafts',
  operationId: 'listDrafts',
  tag: 'Drafts',
  summary: 'List the drafts',
  query: pageQuery,
  responses: { 200: { description: 'By name.', schema: listOf(ref('DraftSummary')) } },
  errors: ['InvalidCursor'],
  async handle({ query, door }) {
    const { limit, cursor } = pageOf(query)
    const after = cursor ? nameAt(cursor) : ''
    const drafts = await door.engine.store.listDrafts()
    const left = drafts.filter(({ name }) => name > after).sort((a, b) => (a.name < b.name ? -1 : 1))
    const items = left.slice(0, limit)
    const last = left.length > items.length ? items.at(-1) : undefined
    return json(200, {
      items: items.map(({ name, revision, updatedAt }) => ({ name, revision, updatedAt: formatInstant(updatedAt) })),
      next: last ? Buffer.from(`drafts:${last.name}`).toString('base64url') : null,
    })
  },
})

const get = defineRoute<{ params: { name: string } }>({
  method: 'get',
  path: '/api/drafts/{name}',
  operationId: 'getDraft',
  tag: 'Drafts',
  summary: 'Get a draft',
  params: { name: { type: 'string' } },
  responses: {
    200: {
      description: 'The draft; its revision also as ETag.',
      schema: ref('Draft'),
      headers: { ETag: 'The revision.' },
    },
  },
  errors: ['UnknownDraft'],
  async handle({ params, door }) {
    const draft = await door.engine.store.getDraft(params.name)
    if (!draft) throw new ApiError('UnknownDraft', `There is no draft ${params.name}.`)
    return json(200, shown(draft), tagOf(draft))
  },
})

const put = defineRoute<{ params: { name: string }; body: { definition: Json; layout?: Json } }>({
  method: 'put',
  path: '/api/drafts/{name}',
  operationId: 'putDraft',
  tag: 'Drafts',
  summary: 'Save a draft',
  description:
    'Send `If-Match` with the revision that was edited, or `If-None-Match: *` for a new draft. 412 holds the newer draft in `current`.',
  params: { name: newName },
  body: {
    required: true,
    checkedBy: 'door',
    schema: {
      type: 'object',
      required: ['definition'],
      // The other fields of what GET gave may be sent back; they have no effect.
      properties: {
        definition: { description: 'The definition as far as it is drawn, valid or not.' },
        layout: {},
        name: {},
        revision: {},
        updatedAt: {},
      },
      additionalProperties: false,
    },
  },
  responses: {
    200: { description: 'Saved.', schema: ref('Draft'), headers: { ETag: 'The new revision.' } },
    201: { description: 'Saved; it is new.', schema: ref('Draft'), headers: { ETag: 'The new revision.' } },
  },
  errors: ['RevisionRequired', 'RevisionConflict'],
  async handle({ params, body, headers, door }) {
    const { store } = door.engine
    const expected = expectedRevision(headers['if-match'], headers['if-none-match'])
    const revision = expected === 'any' ? ((await store.getDraft(params.name))?.revision ?? 0) : expected
    const document: DraftDocument = { definition: body.definition, layout: body.layout ?? null }
    const outcome = await store.putDraft(params.name, JSON.stringify(document), revision, Date.now())
    if (outcome.saved) return json(revision === null ? 201 : 200, shown(outcome.draft), tagOf(outcome.draft))
    const current = outcome.current
    throw new ApiError(
      'RevisionConflict',
      current
        ? `The draft ${params.name} is at revision ${current.revision} now.`
        : `There is no draft ${params.name} any more.`,
      {
        members: { current: current ? shown(current) : null },
        ...(current ? { headers: { etag: `"${current.revision}"` } } : {}),
      },
    )
  },
})

/** null: there must be none yet. */
function expectedRevision(ifMatch: string | undefined, ifNoneMatch: string | undefined): number | null | 'any' {
  if (ifNoneMatch?.trim() === '*' && ifMatch === undefined) return null
  if (ifMatch?.trim() === '*') return 'any'
  const revision = /^(?:W\/)?"?(\d{1,15})"?$/.exec(ifMatch?.trim() ?? '')?.[1]
  if (revision !== undefined) return Number(revision)
  if (ifMatch !== undefined)
    throw new ApiError('InvalidRequest', `If-Match: ${ifMatch} is no revision; it looks like "3".`)
  throw new ApiError(
    'RevisionRequired',
    'Send If-Match with the revision that was edited, or If-None-Match: * for a new draft.',
  )
}

const remove = defineRoute<{ params: { name: string } }>({
  method: 'delete',
  path: '/api/drafts/{name}',
  operationId: 'deleteDraft',
  tag: 'Drafts',
  summary: 'Delete a draft',
  params: { name: { type: 'string' } },
  responses: { 204: { description: 'Deleted.' } },
  errors: ['UnknownDraft'],
  async handle({ params, door }) {
    if (!(await door.engine.store.deleteDraft(params.name)))
      throw new ApiError('UnknownDraft', `There is no draft ${params.name}.`)
    return { status: 204 }
  },
})

export const draftRoutes = [list, get, put, remove]
