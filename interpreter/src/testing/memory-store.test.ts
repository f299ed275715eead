import { describeStore } from '../stores/store.contract.ts'
import { MemoryDatabase } from './memory-database.ts'
import { memoryStore } from './memory-store.ts'

describeStore('memory', async () => {
  const store = memoryStore()
  return { store, dispose: () => store.close() }
})

describeStore('memory, shared by several processes', async () => {
  const database = new MemoryDatabase()
  const open = [memoryStore({ database, exclusive: false })]
  const [store] = open
  if (!store) throw new Error('no store')
  const second = async () => {
    const other = memoryStore({ database, exclusive: false })
    open.push(other)
    return other
  }
  return {
    store,
    second,
    dispose: async () => {
      for (const one of open) await one.close()
    },
  }
})
