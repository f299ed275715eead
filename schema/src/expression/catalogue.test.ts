import { expect, test } from 'vitest'
import { builtInNames } from './built-in.ts'
import { functionCatalogue } from './catalogue.ts'

test('the catalogue has every built-in function once', () => {
  const names = functionCatalogue.map(({ name }) => name)
  expect(names.toSorted()).toEqual([...builtInNames].toSorted())
})
