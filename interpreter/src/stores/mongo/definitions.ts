// Deployed definitions: one document per version, whose _id is the name and the version. Of two who deploy at the same
// time one finds the _id taken and looks again.
import type { Document, Filter } from 'mongodb'
import type { NewDefinition, Page, PageRequest, StoredDefinition } from '../store.ts'
import type { Connection } from './connection.ts'
import { cursorOf, readCursor } from './cursor.ts'
import { insertNew } from './insert-new.ts'

const DEFINITIONS = 'definitions'

interface DefinitionDocument extends StoredDefinition, Document {
  readonly _id: string
}

export interface Definitions {
  put(definition: NewDefinition): Promise<{ readonly version: number; readonly created: boolean }>
  get(name: string, version?: number): Promise<StoredDefinition | null>
  list(page: PageRequest): Promise<Page<StoredDefinition & { readonly versions: number }>>
  listVersions(name: string, page: PageRequest): Promise<Page<StoredDefinition>>
}

export function mongoDefinitions(connection: Connection): Definitions {
  const collection = connection.db.collection<DefinitionDocument>(DEFINITIONS)

  const newest = (filter: Filter<DefinitionDocument>, limit: number) =>
    collection.find(filter).sort({ name: 1, version: -1 }).limit(limit)

  return {
    async put(definition) {
      for (;;) {
        const latest = await newest({ name: { $eq: definition.name } }, 1).next()
        if (latest?.hash === definition.hash) return { version: latest.version, created: false }
        const version = (latest?.version ?? 0) + 1
        const document = { _id: versionId(definition.name, version), ...pick(definition), version }
        if (await insertNew(collection, document)) return { version, created: true }
      }
    },

    async get(name, version) {
      const filter = { name: { $eq: name }, ...(version === undefined ? {} : { version: { $eq: version } }) }
      const found = await newest(filter, 1).next()
      return found === null ? null : definitionOf(found)
    },

    async list({ limit, cursor }) {
      const [after] = cursor == null ? [] : readCursor('definitions', cursor, ['string'])
      const groups = await collection
        .aggregate<{ _id: string; version: number; versions: number }>([
          ...(after === undefined ? [] : [{ $match: { name: { $gt: String(after) } } }]),
          { $sort: { name: 1, version: -1 } },
          { $group: { _id: '$name', version: { $first: '$version' }, versions: { $sum: 1 } } },
          { $sort: { _id: 1 } },
          { $limit: limit + 1 },
        ])
        .toArray()
      const shown = groups.slice(0, limit)
      const latest = await collection
        .find({ _id: { $in: shown.map((group) => versionId(group._id, group.version)) } })
        .toArray()
      const byName = new Map(latest.map((document) => [document.name, definitionOf(document)]))
      const items = shown.flatMap(({ _id, versions }) => {
        const definition = byName.get(_id)
        return definition === undefined ? [] : [{ ...definition, versions }]
      })
      const last = shown.at(-1)
      return { items, next: groups.length > limit && last ? cursorOf('definitions', [last._id]) : null }
    },

    async listVersions(name, { limit, cursor }) {
      const [before] = cursor == null ? [] : readCursor('versions', cursor, ['number'])
      const filter = { name: { $eq: name }, ...(before === undefined ? {} : { version: { $lt: Number(before) } }) }
      const found = await newest(filter, limit + 1).toArray()
      const items = found.slice(0, limit).map(definitionOf)
      const last = items.at(-1)
      return { items, next: found.length > limit && last ? cursorOf('versions', [last.version]) : null }
    },
  }
}

function versionId(name: string, version: number): string {
  return `${name}:${String(version).padStart(10, '0')}`
}

function pick(definition: NewDefinition): NewDefinition {
  const { name, hash, title, definitionJson, layoutJson, comment, deployedAt } = definition
  return { name, hash, title, definitionJson, layoutJson, comment, deployedAt }
}

function definitionOf(document: DefinitionDocument): StoredDefinition {
  return { ...pick(document), version: document.version }
}
