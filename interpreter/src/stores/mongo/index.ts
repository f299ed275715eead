export { DocumentTooLarge, MongoUnavailable, UnusableMongoUri } from './errors.ts'
export { type MongoStoreOptions, mongoStore } from './mongo-store.ts'
