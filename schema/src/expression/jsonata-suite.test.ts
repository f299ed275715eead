import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { compileExpression, ExpressionError, type Json } from './index.ts'

interface Case {
  readonly name: string
  readonly expr: string
  readonly data?: Json
  readonly dataset?: string | null
  readonly bindings?: { readonly [name: string]: Json }
  readonly result?: Json
  readonly unordered?: boolean
  readonly undefinedResult?: boolean
  readonly code?: string
  readonly token?: string
  readonly error?: { readonly code: string }
  readonly timelimit?: number
  readonly depth?: number
}

// Each case that we do not pass, and why; see expression.decision.md. The list is exact in both directions.
const knownMisses: Readonly<Record<string, string>> = {
  'performance/case000#0': 'takes more than the default budget of steps',
}
const usesEval = ({ expr }: Case) => expr.includes('$eval(')

const folder = resolve(import.meta.dirname, '../../../../shared/jsonata-suite')
const read = (file: string) => JSON.parse(readFileSync(resolve(folder, file), 'utf8'))

if (!existsSync(resolve(folder, 'cases.json'))) {
  test.skip('the 1,255 cases of the JSONata suite', () => {})
  console.warn(`\n!!! All 1,255 cases of the JSONata suite SKIPPED: there is no ${folder}\n`)
} else {
  const cases: readonly Case[] = read('cases.json')
  const datasets: Readonly<Record<string, Json>> = read('datasets.json')

  const inputOf = ({ data, dataset }: Case): Json | undefined =>
    data === undefined && typeof dataset === 'string' ? datasets[dataset] : data

  /** Undefined where the case is met, else what is different. */
  const differenceOf = (example: Case, budget = {}): string | undefined => {
    const expectedCode = example.code ?? example.error?.code
    try {
      const result = compileExpression(example.expr, { budget }).evaluate(inputOf(example), example.bindings)
      if (expectedCode !== undefined) return `gave ${JSON.stringify(result)} instead of ${expectedCode}`
      const isEqual =
        example.unordered === true
          ? isDeepStrictEqual(sorted(result), sorted(example.result))
          : isDeepStrictEqual(result, example.undefinedResult === true ? undefined : example.result)
      return isEqual ? undefined : `gave ${JSON.stringify(result)}`
    } catch (error) {
      if (!(error instanceof ExpressionError)) return String(error)
      // the suite grants such cases a limit of their own; ours is a budget, and reaching it is what they are for
      if (example.timelimit !== undefined && ['D1011', 'D1012', 'D2014', 'D2015'].includes(error.code)) return undefined
      if (error.code !== expectedCode) return `${error.code}: ${error.message}`
      return example.token === undefined || example.token === error.token ? undefined : `the token is ${error.token}`
    }
  }

  const sorted = (value: Json | undefined) =>
    Array.isArray(value) ? value.map((item) => JSON.stringify(item)).toSorted() : value

  describe('the JSONata suite', () => {
    test('passes in every case but the ones listed', () => {
      const differences = cases
        .filter((example) => !usesEval(example))
        .flatMap((example) => {
          const difference = differenceOf(example)
          return difference === undefined ? [] : [`${example.name}: ${example.expr} ${difference}`]
        })
      const missed = differences.map((difference) => difference.slice(0, difference.indexOf(':')))
      expect(missed, differences.join('\n')).toEqual(Object.keys(knownMisses))
    }, 60_000)

    test('has its expressions with $eval refused at compile time', () => {
      for (const { expr } of cases.filter(usesEval)) {
        expect(() => compileExpression(expr), expr).toThrow(expect.objectContaining({ code: 'S9003' }))
      }
    })

    test('passes in the listed cases too, given more steps', () => {
      const listed = cases.filter(({ name }) => name in knownMisses)
      expect(
        listed.flatMap((example) => differenceOf(example, { steps: 10_000_000, elements: 1_000_000, size: 1e8 }) ?? []),
      ).toEqual([])
    }, 60_000)
  })
}
