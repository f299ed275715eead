// SHA-256 (FIPS 180-4). Our own, since the same content hash is needed in browser and server, at once: node:crypto is
// not in the one, and the web's subtle crypto only answers later, and only on https.

const roundConstants = firstPrimes(64).map((prime) => fractionBits(Math.cbrt(prime)))
const startState = firstPrimes(8).map((prime) => fractionBits(Math.sqrt(prime)))

/** Lower case hex. */
export function sha256(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const padded = pad(bytes)
  const state = Uint32Array.from(startState)
  const schedule = new Uint32Array(64)
  for (let block = 0; block < padded.byteLength; block += 64) compress(state, schedule, padded, block)
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('')
}

function pad(bytes: Uint8Array): DataView {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x2000_0000))
  view.setUint32(padded.length - 4, bytes.length * 8)
  return view
}

function compress(state: Uint32Array, schedule: Uint32Array, data: DataView, block: number): void {
  const w = (index: number) => schedule[index] ?? 0
  for (let index = 0; index < 16; index += 1) schedule[index] = data.getUint32(block + index * 4)
  for (let index = 16; index < 64; index += 1) {
    const early = w(index - 15)
    const late = w(index - 2)
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3)
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10)
    schedule[index] = w(index - 16) + s0 + w(index - 7) + s1
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let index = 0; index < 64; index += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const choice = (e & f) ^ (~e & g)
    const first = (h + s1 + choice + (roundConstants[index] ?? 0) + w(index)) | 0
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + s0 + majority) | 0
  }
  const added = [a, b, c, d, e, f, g, h]
  for (const [index, word] of added.entries()) state[index] = (state[index] ?? 0) + word
}

const rotate = (word: number, by: number) => (word >>> by) | (word << (32 - by))

/** The first 32 bits behind the point. */
function fractionBits(value: number): number {
  return Math.floor((value % 1) * 0x1_0000_0000)
}

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let candidate = 2; primes.length < count; candidate += 1)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate)
  return primes
}
