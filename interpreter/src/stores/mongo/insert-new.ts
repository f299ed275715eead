// Inserts one document unless its _id is taken. The driver tries once more by itself where the server lets it tell its own
// first attempt; elsewhere a broken connection is thrown: whoever asked looks again.
import { type Collection, type Document, MongoServerError, type OptionalUnlessRequiredId } from 'mongodb'
import { DUPLICATE_KEY } from './errors.ts'

export async function insertNew<D extends Document>(
  collection: Collection<D>,
  document: OptionalUnlessRequiredId<D>,
): Promise<boolean> {
  try {
    await collection.insertOne(document)
    return true
  } catch (error) {
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false
    throw error
  }
}
