export * from './engine/engine-types.ts'
export * from './stores/store.ts'
