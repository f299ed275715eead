import { expect, test } from 'vitest'
import { darkTokens, lightTokens, type Tokens } from './theme.ts'

const channel = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255))
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}

function contrast(a: string, b: string): number {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((hi ?? 0) + 0.05) / ((lo ?? 0) + 0.05)
}

const texts = Object.keys(lightTokens).filter((name) =>
  /^(text|muted|faint|accent-text|danger|warning|success|info|expression|json-.*|(state|family)-[a-z]+)$/.test(name),
)
const grounds = ['bg', 'surface', 'raised', 'sunken', 'hover']

const tooFaint = (tokens: Tokens) =>
  texts.flatMap((name) =>
    [...grounds, ...(`${name}-soft` in tokens ? [`${name}-soft`] : [])]
      .map((ground) => ({ pair: `${name} on ${ground}`, ratio: contrast(tokens[name] ?? '', tokens[ground] ?? '') }))
      .filter(({ ratio }) => !(ratio >= 4.5)),
  )

test('light and dark name the same tokens', () => {
  expect(Object.keys(darkTokens)).toEqual(Object.keys(lightTokens))
})

test('every text and state colour reaches contrast AA on every ground in light', () => {
  expect(tooFaint(lightTokens)).toEqual([])
})

test('every text and state colour reaches contrast AA on every ground in dark', () => {
  expect(tooFaint(darkTokens)).toEqual([])
})
