// Draws that a seed determines: xmur3 makes 32-bit states of a text, sfc32 draws from them (both public domain algorithms).

/** A generator of numbers 0 ≤ x < 1, the same for the same seed. */
export function drawsFrom(seed: string): () => number {
  const next = mix(seed)
  let a = next()
  let b = next()
  let c = next()
  let d = next()
  return () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4_294_967_296
  }
}

function mix(text: string): () => number {
  let h = 1_779_033_703 ^ text.length
  for (let i = 0; i < text.length; i += 1) {
    h = Math.imul(h ^ text.charCodeAt(i), 3_432_918_353)
    h = (h << 13) | (h >>> 19)
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2_246_822_507)
    h = Math.imul(h ^ (h >>> 13), 3_266_489_909)
    h ^= h >>> 16
    return h >>> 0
  }
}

/** An id of 12 hexadecimal digits. */
export const drawId = (draw: () => number): string => {
  let id = ''
  for (let i = 0; i < 3; i += 1)
    id += Math.floor(draw() * 65_536)
      .toString(16)
      .padStart(4, '0')
  return id
}
