/** Where the engine takes its time from; a test turns one by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds since some moment. Unlike `now` it never jumps; it may stand still while the machine sleeps. */
  elapsed(): number
  /** Calls back once, not before `ms` have passed. Answers the way to take it back. Does not keep the process alive by itself. */
  after(ms: number, run: () => void): () => void
}

/** The longest that one timeout of the platform can wait. */
const longest = 2_147_483_647

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, Math.ceil(ms)), longest))
    timer.unref()
    return () => clearTimeout(timer)
  },
}
