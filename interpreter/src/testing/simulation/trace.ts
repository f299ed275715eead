// What happened in a simulated run, in order: a hash of all of it, and the last lines in words.

const kept = 20_000

export class Trace {
  private readonly lines: string[] = []
  private hash = 0x811c9dc5
  private count = 0

  add(at: number, who: string, what: string): void {
    const line = `${(at / 1_000).toFixed(3)} ${who} ${what}`
    let { hash } = this
    for (let i = 0; i < line.length; i += 1) hash = Math.imul(hash ^ line.charCodeAt(i), 0x01000193)
    this.hash = hash
    this.lines[this.count % kept] = line
    this.count += 1
  }

  /** Equal only where everything happened at the same time and in the same order. */
  get digest(): string {
    return `${this.count}-${(this.hash >>> 0).toString(16)}`
  }

  /** Oldest first. */
  last(most: number = kept): readonly string[] {
    const from = Math.max(0, this.count - Math.min(most, kept))
    return Array.from({ length: this.count - from }, (_, index) => this.lines[(from + index) % kept] ?? '')
  }
}
