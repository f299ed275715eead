export { type SqliteStoreOptions, sqliteStore } from './sqlite-store.ts'
export { StoreFailed } from './store-failed.ts'
