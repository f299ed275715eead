export interface FaultDetail {
  position?: number | undefined
  token?: string | undefined
  value?: unknown
  value2?: unknown
  index?: number | undefined
  type?: string | undefined
  message?: string | undefined
}

/** An error on its way up: cheap to throw, and completed by the closures that know where it happened. */
export class Fault {
  readonly code: string
  readonly detail: FaultDetail
  constructor(code: string, detail: FaultDetail) {
    this.code = code
    this.detail = detail
  }
}

/** Adds what is not yet known, and gives the fault back to be thrown again. */
export function located(error: unknown, position: number | undefined, token: string | undefined): unknown {
  if (error instanceof Fault) {
    error.detail.position ??= position
    error.detail.token ??= token
  }
  return error
}
