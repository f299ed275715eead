// English numbers in words, as JSONata writes and reads them: "One Thousand, Two Hundred and Thirty-Four".

const small = (
  'Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve ' +
  'Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen Nineteen'
).split(' ')
const tens = 'Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety'.split(' ')
const magnitudes = 'Thousand Million Billion Trillion'.split(' ')
const irregularOrdinals: Readonly<Record<string, string>> = {
  One: 'First',
  Two: 'Second',
  Three: 'Third',
  Five: 'Fifth',
  Eight: 'Eighth',
  Nine: 'Ninth',
  Twelve: 'Twelfth',
}

export function numberToWords(value: number, isOrdinal: boolean): string {
  const words = cardinal(value)
  if (!isOrdinal) return words
  const lastAt = Math.max(words.lastIndexOf(' '), words.lastIndexOf('-')) + 1
  return words.slice(0, lastAt) + toOrdinal(words.slice(lastAt))
}

function toOrdinal(word: string): string {
  return irregularOrdinals[word] ?? (word.endsWith('y') ? `${word.slice(0, -1)}ieth` : `${word}th`)
}

function cardinal(value: number): string {
  if (value < 20) return small[value] ?? ''
  if (value < 100) {
    const rest = value % 10
    return `${tens[Math.floor(value / 10) - 2]}${rest === 0 ? '' : `-${small[rest]}`}`
  }
  if (value < 1000) return `${small[Math.floor(value / 100)]} Hundred${remainder(value % 100)}`
  const power = Math.min(Math.floor(Math.log10(value) / 3), magnitudes.length)
  const unit = 1000 ** power
  const count = Math.floor(value / unit)
  return `${cardinal(count)} ${magnitudes[power - 1]}${remainder(value - count * unit)}`
}

function remainder(value: number): string {
  if (value <= 0) return ''
  return `${value < 100 ? ' and ' : ', '}${cardinal(value)}`
}

export function ordinalSuffix(value: number): string {
  const lastTwo = value % 100
  if (lastTwo >= 10 && lastTwo <= 19) return 'th'
  return { 1: 'st', 2: 'nd', 3: 'rd' }[lastTwo % 10] ?? 'th'
}

const worths = new Map<string, number>([
  ...small.map((word, worth) => [word, worth] as const),
  ...tens.map((word, at) => [word, (at + 2) * 10] as const),
  ['Hundred', 100],
  ...magnitudes.map((word, at) => [word, 1000 ** (at + 1)] as const),
])
const worthOf = new Map(
  [...worths].flatMap(([word, worth]) => [
    [word.toLowerCase(), worth],
    [toOrdinal(word).toLowerCase(), worth],
  ]),
)

/** NaN where a word is none of ours. */
export function wordsToNumber(text: string): number {
  const parts: number[] = [0]
  for (const word of text.split(/,\s|\sand\s|[\s\\-]/)) {
    const worth = worthOf.get(word) ?? Number.NaN
    const last = parts.pop() ?? 0
    if (!(worth < 100)) parts.push(last * worth)
    else if (last >= 1000) parts.push(last, worth)
    else parts.push(last + worth)
  }
  return parts.reduce((sum, part) => sum + part, 0)
}

export const wordPattern = `(?:${[...worthOf.keys()].join('|')}|and|[\\-, ])+`
