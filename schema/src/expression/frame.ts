import type { Value } from './value.ts'

/** What a lookup gives for a name that has no value yet, which is not the same as the value undefined. */
export const unbound = Symbol('unbound')

/** One scope's variables, by the number that each name has in its expression. Scopes hold few: a scan beats a map. */
export class Frame {
  readonly parent: Frame | undefined
  ids: readonly number[]
  values: Value[]

  constructor(parent: Frame | undefined, ids: readonly number[], values: Value[]) {
    this.parent = parent
    this.ids = ids
    this.values = values
  }

  bind(id: number, value: Value): void {
    const at = this.ids.indexOf(id)
    if (at >= 0) {
      this.values[at] = value
      return
    }
    // the lists may be shared with other frames or with a tuple
    this.values = [...this.values.slice(0, this.ids.length), value]
    this.ids = [...this.ids, id]
  }

  lookup(id: number): Value | typeof unbound {
    let frame: Frame | undefined = this
    while (frame !== undefined) {
      const { ids } = frame
      for (let at = 0; at < ids.length; at++) if (ids[at] === id) return frame.values[at]
      frame = frame.parent
    }
    return unbound
  }
}

export const emptyFrame = new Frame(undefined, [], [])
