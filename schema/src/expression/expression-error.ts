export interface ExpressionErrorDetail {
  readonly code: string
  readonly message: string
  readonly position?: number | undefined
  readonly token?: string | undefined
  readonly value?: unknown
  readonly pointer?: string | undefined
}

/** An expression that cannot be compiled, or whose evaluation failed: always for the same reason on every machine. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  /** JSONata's own code (S0xxx syntax, T… type, D… dynamic), or one of ours: D9xxx. */
  readonly code: string
  /** 0-based offset into the source of the expression. */
  readonly position: number
  /** The operator, function or text that the problem is about; empty where there is none. */
  readonly token: string
  /** JSON Pointer of the string that holds the expression, within its template. */
  readonly pointer: string | undefined

  constructor(detail: ExpressionErrorDetail) {
    super(detail.message)
    this.code = detail.code
    this.position = detail.position ?? 0
    this.token = detail.token ?? ''
    this.pointer = detail.pointer
  }

  /** The same error, told of the string that it came from. */
  at(pointer: string): ExpressionError {
    const { code, message, position, token } = this
    return new ExpressionError({ code, message, position, token, pointer })
  }
}
