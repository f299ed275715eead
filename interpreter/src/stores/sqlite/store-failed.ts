/** The database could not do what was asked: disk full, input/output error, worker gone, store closed. Outcome unknown. */
export class StoreFailed extends Error {
  override readonly name = 'StoreFailed'
  readonly code = 'StoreFailed'
}
