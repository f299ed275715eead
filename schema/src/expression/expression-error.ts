import { Fault, type FaultDetail } from './fault.ts'
import { messageOf } from './messages.ts'

export interface ExpressionErrorDetail {
  readonly code: string
  readonly message: string
  readonly position?: number | undefined
  readonly token?: string | undefined
  readonly pointer?: string | undefined
}

/**
 * An expression that cannot be compiled, or whose evaluation failed: for the same reason on every machine.
 *
 * Codes are JSONata's own (S0… syntax, T… types, D… data). Ours, and those that a budget ends with:
 * - S9001 source too long, S9002 nested too deep, S9003 `$eval`, S9004 a regex that needs backtracking
 * - D1012 too many steps, D2015 (D2014 for a range beyond JSONata's own limit) too many elements
 * - D1011 too many nested calls, D9001 a string or the result too large, D9002 data nested too deep
 */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  readonly code: string
  /** 0-based offset into the source, as JSONata gives it: where reading stood, which is just behind the token. */
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

/** The error that leaves the evaluator for whatever was thrown inside. */
export function toExpressionError(error: unknown): unknown {
  if (error instanceof Fault) return fromFault(error.code, error.detail)
  // the stack limits make this unreachable on a usual stack; a host that calls from deep within its own gets no crash
  if (error instanceof RangeError) return fromFault('D1011', {})
  return error
}

export function fromFault(code: string, detail: FaultDetail): ExpressionError {
  const message = messageOf(code, detail)
  return new ExpressionError({ code, message, position: detail.position, token: detail.token })
}
