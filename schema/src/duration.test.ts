import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, formatInstant, parseDuration, parseInstant } from './duration.ts'

const year = 365 * 86_400_000

describe('durations', () => {
  it.each([
    ['PT5S', 5_000],
    ['PT0.2S', 200],
    ['PT1H30M', 5_400_000],
    ['P1DT12H', 129_600_000],
    ['P2W', 1_209_600_000],
    ['P0.5D', 43_200_000],
    ['PT0S', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    'P1Y',
    'P1M',
    '5s',
    'pt5s',
    'PT-5S',
    '-PT5S',
    'PT5',
    'PT1S1M',
    ' PT5S',
    'PT5S\n',
    'PT.5S',
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  it('end at a thousand years', () => {
    expect(parseDuration('P365250D')).toBeDefined()
    expect(parseDuration('P365251D')).toBeUndefined()
    expect(parseDuration(`P${'9'.repeat(400)}D`)).toBeUndefined()
  })

  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(200_000), fc.integer({ min: 0, max: 900 * year })), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms)
      }),
    )
  })

  it('are never written longer than they need to be', () => {
    expect([0, 1, 1_000, 90_000, 86_400_000, 90_061_001].map(formatDuration)).toEqual([
      'PT0S',
      'PT0.001S',
      'PT1S',
      'PT1M30S',
      'P1D',
      'P1DT1H1M1.001S',
    ])
    expect([-1, Number.NaN, 0.4].map(formatDuration)).toEqual(['PT0S', 'PT0S', 'PT0S'])
  })
})

describe('instants', () => {
  it.each([
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01T08:00', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T08:00:00.123456789Z', '2026-03-01T08:00:00.123Z'],
    ['2026-03-01T08:00:00+02:00', '2026-03-01T06:00:00.000Z'],
    ['2026-03-01T08:00-0130', '2026-03-01T09:30:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2026-12-31T24:00Z', '2027-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(formatInstant(parseInstant(text) ?? 0)).toBe(iso)
  })

  it.each([
    '',
    '2026',
    '2026-03',
    '2026-13-01',
    '2026-02-29',
    '2026-02-30T08:00Z',
    '2026-04-31',
    '1900-02-29',
    '2026-00-01',
  ])('%j is none', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  it.each(['2026-03-01T25:00Z', '2026-03-01T08:61Z', '2026-03-01T08', '01.03.2026', 'tomorrow', '2026-03-01 08:00'])(
    '%j is none either',
    (text) => {
      expect(parseInstant(text)).toBeUndefined()
    },
  )

  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        expect(parseInstant(formatInstant(date.getTime()))).toBe(date.getTime())
      }),
    )
  })
})
