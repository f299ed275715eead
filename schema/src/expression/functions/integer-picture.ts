import { Fault } from '../fault.ts'
import { finite } from '../numeric.ts'
import type { Run } from '../run.ts'
import type { Value } from '../value.ts'
import { numberToWords, ordinalSuffix, wordPattern, wordsToNumber } from './number-words.ts'
import { checkPicture, groupDigits, regularInterval } from './picture.ts'

// Integer pictures as in XPath's format-integer: `#,##0;o`, `A`, `I`, `Ww` and so on.

export interface DigitPicture {
  readonly type: 'digits'
  readonly isOrdinal: boolean
  readonly zero: number
  leastDigits: number
  readonly optionalDigits: number
  readonly separators: ReadonlyMap<number, string>
  /** Above zero where the separators are the same and evenly spaced. */
  readonly interval: number
}

export type IntegerPicture =
  | DigitPicture
  | { readonly type: 'letters' | 'roman'; readonly isUpper: boolean }
  | { readonly type: 'words'; readonly isOrdinal: boolean; readonly case: 'upper' | 'lower' | 'title' }
  | { readonly type: 'sequence'; readonly token: string }

export function readIntegerPicture(picture: string): IntegerPicture {
  const semicolon = picture.lastIndexOf(';')
  const primary = semicolon < 0 ? picture : picture.slice(0, semicolon)
  const isOrdinal = semicolon >= 0 && picture.charAt(semicolon + 1) === 'o'
  switch (primary) {
    case 'A':
    case 'a':
      return { type: 'letters', isUpper: primary === 'A' }
    case 'I':
    case 'i':
      return { type: 'roman', isUpper: primary === 'I' }
    case 'W':
      return { type: 'words', isOrdinal, case: 'upper' }
    case 'w':
      return { type: 'words', isOrdinal, case: 'lower' }
    case 'Ww':
      return { type: 'words', isOrdinal, case: 'title' }
    default:
      return readDigitPicture(primary, isOrdinal)
  }
}

// where the decimal digits of each script begin
const digitFamilies = [
  0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
  0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
  0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
]

function readDigitPicture(text: string, isOrdinal: boolean): IntegerPicture {
  let zero: number | undefined
  let leastDigits = 0
  let optionalDigits = 0
  const separators = new Map<number, string>()
  for (const character of Array.from(text).reverse()) {
    const code = character.codePointAt(0) ?? 0
    const family = digitFamilies.find((first) => code >= first && code <= first + 9)
    if (family !== undefined) {
      if (zero !== undefined && zero !== family) throw new Fault('D3131', {})
      zero = family
      leastDigits++
    } else if (character === '#') optionalDigits++
    else separators.set(leastDigits + optionalDigits, character)
  }
  if (zero === undefined) return { type: 'sequence', token: text }
  const isSame = new Set(separators.values()).size === 1
  const interval = isSame ? regularInterval([...separators.keys()]) : 0
  return { type: 'digits', isOrdinal, zero, leastDigits, optionalDigits, separators, interval }
}

export function formatInteger(value: number, picture: string, run: Run): string {
  checkPicture(picture, run)
  return writeInteger(value, readIntegerPicture(picture), run)
}

export function writeInteger(value: number, picture: IntegerPicture, run: Run): string {
  finite(value)
  const text = writeMagnitude(Math.abs(value), picture, run)
  return value < 0 ? `-${text}` : text
}

function writeMagnitude(value: number, picture: IntegerPicture, run: Run): string {
  switch (picture.type) {
    case 'letters':
      return toLetters(value, picture.isUpper ? 'A' : 'a')
    case 'roman': {
      run.allowText(value / 1000)
      const numeral = toRoman(value)
      return picture.isUpper ? numeral.toUpperCase() : numeral
    }
    case 'words': {
      const words = numberToWords(value, picture.isOrdinal)
      if (picture.case === 'title') return words
      return picture.case === 'upper' ? words.toUpperCase() : words.toLowerCase()
    }
    case 'digits':
      return writeDigits(value, picture)
    case 'sequence':
      throw new Fault('D3130', { value: picture.token })
  }
}

function writeDigits(value: number, picture: DigitPicture): string {
  const plain = (value >= 1e21 ? BigInt(value).toString() : String(value)).padStart(picture.leastDigits, '0')
  const shift = picture.zero - 0x30
  const digits =
    shift === 0 ? plain : plain.replace(/[0-9]/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + shift))
  const { separators, interval } = picture
  const grouped = groupDigits(
    digits,
    interval > 0 ? interval : [...separators.keys()],
    (position) => separators.get(interval > 0 ? interval : position) ?? '',
  )
  return picture.isOrdinal ? grouped + ordinalSuffix(value) : grouped
}

const romanNumerals: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]

function toRoman(value: number): string {
  let left = value
  let numeral = ''
  for (const [worth, letters] of romanNumerals) {
    const times = Math.floor(left / worth)
    numeral += letters.repeat(times)
    left -= times * worth
  }
  return numeral
}

function fromRoman(numeral: string): number {
  const worths: Readonly<Record<string, number>> = { M: 1000, D: 500, C: 100, L: 50, X: 10, V: 5, I: 1 }
  let highest = 1
  let sum = 0
  for (const letter of Array.from(numeral.toUpperCase()).reverse()) {
    const worth = worths[letter] ?? Number.NaN
    sum += worth < highest ? -worth : worth
    highest = Math.max(highest, worth)
  }
  return sum
}

/** a … z, aa, ab and so on, as spreadsheets name columns. */
function toLetters(value: number, first: string): string {
  let letters = ''
  for (let left = value; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(first.charCodeAt(0) + ((left - 1) % 26)) + letters
  }
  return letters
}

function fromLetters(letters: string, first: string): number {
  let value = 0
  for (const letter of letters) value = value * 26 + letter.charCodeAt(0) - first.charCodeAt(0) + 1
  return value
}

export function parseInteger(text: string, picture: string, run: Run): Value {
  checkPicture(picture, run)
  run.charge(text.length >> 3)
  return readInteger(text, readIntegerPicture(picture))
}

/** NaN for what the picture cannot have written. */
export function readInteger(text: string, picture: IntegerPicture): number {
  switch (picture.type) {
    case 'letters':
      return fromLetters(text, picture.isUpper ? 'A' : 'a')
    case 'roman':
      return fromRoman(text)
    case 'words':
      return wordsToNumber(text.toLowerCase())
    case 'digits':
      return readDigits(text, picture)
    case 'sequence':
      throw new Fault('D3130', { value: picture.token })
  }
}

function readDigits(text: string, picture: DigitPicture): number {
  const separators = new Set(picture.separators.values())
  const shift = picture.zero - 0x30
  const digits = Array.from(picture.isOrdinal ? text.slice(0, -2) : text)
    .filter((character) => !separators.has(character))
    .map((character) => String.fromCodePoint(Math.max(0, (character.codePointAt(0) ?? 0) - shift)))
  return Number.parseInt(digits.join(''), 10)
}

/** A regular expression for what the picture writes; a width fixes how many digits belong to it. */
export function integerPattern(picture: IntegerPicture, width: number | undefined): string {
  switch (picture.type) {
    case 'letters':
      return picture.isUpper ? '[A-Z]+' : '[a-z]+'
    case 'roman':
      return '[MDCLXVI]+'
    case 'words':
      return wordPattern
    case 'digits':
      return `[0-9]${width === undefined ? '+' : `{${width}}`}${picture.isOrdinal ? '(?:th|st|nd|rd)' : ''}`
    case 'sequence':
      throw new Fault('D3130', { value: picture.token })
  }
}
