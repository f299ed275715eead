// Settings of the installation, as JSON text, so that no key in them can be taken for an operator.
import type { Json } from '@durable-canvas/schema'
import type { Document } from 'mongodb'
import type { Connection } from './connection.ts'

interface SettingDocument extends Document {
  readonly _id: string
  readonly valueJson: string
}

export interface Settings {
  get(name: string): Promise<Json | undefined>
  put(name: string, value: Json): Promise<void>
}

export function mongoSettings(connection: Connection): Settings {
  const collection = connection.db.collection<SettingDocument>('settings')
  return {
    async get(name) {
      const found = await collection.findOne({ _id: name })
      return found === null ? undefined : (JSON.parse(found.valueJson) as Json)
    },
    async put(name, value) {
      await collection.updateOne({ _id: name }, { $set: { valueJson: JSON.stringify(value) } }, { upsert: true })
    },
  }
}
