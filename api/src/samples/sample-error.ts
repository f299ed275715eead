/** An error whose name is the failure's type, as authors name it in `retryOn` and `catch`. */
export class SampleError extends Error {
  override readonly name: string
  readonly nonRetryable: boolean

  constructor(type: string, message: string, nonRetryable = false) {
    super(message)
    this.name = type
    this.nonRetryable = nonRetryable
  }
}
