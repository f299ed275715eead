/** Zero, '', null, {} and [] are false, and so is an array of which every item is false. */
export function isTruthy(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'number':
      return value !== 0
    case 'string':
      return value !== ''
    case 'object':
      if (value === null) return false
      if (Array.isArray(value)) return value.some(isTruthy)
      return Object.keys(value).length > 0
    default:
      return false
  }
}
