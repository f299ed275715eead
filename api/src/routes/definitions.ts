import type { StoredDefinition } from '@durable-canvas/interpreter'
import { formatInstant, hasErrors, type Json } from '@durable-canvas/schema'
import { listOf, ref, type SchemaObject } from '../openapi/component-schemas.ts'
import { ApiError } from '../problem-json.ts'
import { countByStatus } from './instance-counts.ts'
import { type PageQuery, pageOf, pageQuery } from './paging.ts'
import { defineRoute, json, type RouteBody } from './route.ts'

const nameParam: SchemaObject = { type: 'string', description: 'The name of the definition.' }

const definitionBody: RouteBody = {
  required: true,
  checkedBy: 'engine',
  schema: {
    oneOf: [
      ref('Definition'),
      {
        type: 'object',
        required: ['definition'],
        properties: {
          definition: ref('Definition'),
          layout: { description: 'Where the boxes stand; never changes what runs.' },
          comment: { type: 'string', maxLength: 2000 },
        },
        additionalProperties: false,
      },
    ],
  },
}

interface Posted {
  readonly definition: unknown
  readonly layout?: Json
  readonly comment?: string
}

const wrapperKeys = new Set(['definition', 'layout', 'comment'])

/** A body is the definition itself or wraps it; a definition has no field of that name. */
function postedDefinition(body: unknown): Posted {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'definition')) return { definition: body }
  const unknownKey = Object.keys(body).find((key) => !wrapperKeys.has(key))
  if (unknownKey !== undefined) {
    throw new ApiError(
      'InvalidRequest',
      `The body has "${unknownKey}" beside "definition"; only "layout" and "comment" may stand there.`,
    )
  }
  const { definition, layout, comment } = body as { definition: unknown; layout?: Json; comment?: unknown }
  if (comment !== undefined && (typeof comment !== 'string' || comment.length > 2000)) {
    throw new ApiError('InvalidRequest', 'The comment must be a text of at most 2,000 characters.')
  }
  return { definition, ...(layout === undefined ? {} : { layout }), ...(comment === undefined ? {} : { comment }) }
}

const deploy = defineRoute<{ body: unknown }>({
  method: 'post',
  path: '/api/definitions',
  operationId: 'deployDefinition',
  tag: 'Definitions',
  summary: 'Deploy a definition',
  description:
    'Gives it the next version. Content that equals the latest version changes nothing and answers 200 with that version.',
  body: definitionBody,
  responses: {
    200: { description: 'The latest version has this content already.', schema: ref('Deployed') },
    201: { description: 'Deployed.', schema: ref('Deployed') },
  },
  errors: ['InvalidDefinition', 'InvalidRequest'],
  async handle({ body, door }) {
    const { definition, layout, comment } = postedDefinition(body)
    const { name, version, hash, created, problems } = await door.engine.deploy(definition, {
      ...(layout === undefined ? {} : { layout }),
      ...(comment === undefined ? {} : { comment }),
    })
    if (created) {
      const stored = await door.engine.store.getDefinition(name, version)
      const deployedAt = formatInstant(stored?.deployedAt ?? Date.now())
      door.announcements.announce({ name, title: stored?.title ?? null, version, hash, deployedAt })
    }
    return json(
      created ? 201 : 200,
      { name, version, hash, problems },
      { location: `/api/definitions/${name}/versions/${version}` },
    )
  },
})

const validate = defineRoute<{ body: unknown }>({
  method: 'post',
  path: '/api/definitions/validate',
  operationId: 'validateDefinition',
  tag: 'Definitions',
  summary: 'Check a definition without deploying it',
  body: definitionBody,
  responses: { 200: { description: 'What was found.', schema: ref('Validation') } },
  async handle({ body, door }) {
    const problems = await door.engine.check(postedDefinition(body).definition)
    return json(200, { valid: !hasErrors(problems), problems })
  },
})

const list = defineRoute<{ query: PageQuery }>({
  method: 'get',
  path: '/api/definitions',
  operationId: 'listDefinitions',
  tag: 'Definitions',
  summary: 'List the definitions',
  query: pageQuery,
  responses: { 200: { description: 'By name, the latest version of each.', schema: listOf(ref('DefinitionSummary')) } },
  errors: ['InvalidCursor'],
  async handle({ query, door }) {
    const [page, counts] = await Promise.all([door.engine.store.listDefinitions(pageOf(query)), door.engine.count()])
    const items = page.items.map(({ name, title, version, versions, hash, deployedAt }) => ({
      name,
      title,
      version,
      versions,
      hash,
      deployedAt: formatInstant(deployedAt),
      instances: countByStatus(counts, (count) => count.definition === name),
    }))
    return json(200, { items, next: page.next })
  },
})

const getLatest = defineRoute<{ params: { name: string } }>({
  method: 'get',
  path: '/api/definitions/{name}',
  operationId: 'getDefinition',
  tag: 'Definitions',
  summary: 'Get the latest version of a definition',
  params: { name: nameParam },
  responses: { 200: { description: 'The latest version.', schema: ref('DefinitionVersion') } },
  errors: ['UnknownDefinition'],
  async handle({ params, door }) {
    return json(200, shown(known(await door.engine.store.getDefinition(params.name), params.name)))
  },
})

const listVersions = defineRoute<{ params: { name: string }; query: PageQuery }>({
  method: 'get',
  path: '/api/definitions/{name}/versions',
  operationId: 'listDefinitionVersions',
  tag: 'Definitions',
  summary: 'List the versions of a definition',
  params: { name: nameParam },
  query: pageQuery,
  responses: { 200: { description: 'Newest first.', schema: listOf(ref('DefinitionVersionSummary')) } },
  errors: ['UnknownDefinition', 'InvalidCursor'],
  async handle({ params, query, door }) {
    const { store } = door.engine
    const [page, counts] = await Promise.all([
      store.listVersions(params.name, pageOf(query)),
      door.engine.count({ definition: params.name }),
    ])
    if (page.items.length === 0) known(await store.getDefinition(params.name), params.name)
    const items = page.items.map(({ name, title, version, hash, deployedAt, comment }) => ({
      name,
      title,
      version,
      hash,
      deployedAt: formatInstant(deployedAt),
      comment,
      instances: countByStatus(counts, (count) => count.definition === name && count.version === version),
    }))
    return json(200, { items, next: page.next })
  },
})

const getVersion = defineRoute<{ params: { name: string; version: string } }>({
  method: 'get',
  path: '/api/definitions/{name}/versions/{version}',
  operationId: 'getDefinitionVersion',
  tag: 'Definitions',
  summary: 'Get one version of a definition',
  params: { name: nameParam, version: { type: 'integer', minimum: 1, maximum: 2_147_483_647 } },
  responses: { 200: { description: 'This version.', schema: ref('DefinitionVersion') } },
  errors: ['UnknownDefinition'],
  async handle({ params, door }) {
    const stored = await door.engine.store.getDefinition(params.name, Number(params.version))
    return json(200, shown(known(stored, `${params.name} version ${params.version}`)))
  },
})

function known(stored: StoredDefinition | null, what: string): StoredDefinition {
  if (stored === null) throw new ApiError('UnknownDefinition', `There is no definition ${what}.`)
  return stored
}

const shown = ({ name, version, hash, deployedAt, comment, definitionJson, layoutJson }: StoredDefinition) => ({
  name,
  version,
  hash,
  deployedAt: formatInstant(deployedAt),
  comment,
  definition: JSON.parse(definitionJson),
  layout: layoutJson === null ? null : JSON.parse(layoutJson),
})

export const definitionRoutes = [deploy, validate, list, getLatest, listVersions, getVersion]
