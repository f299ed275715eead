// The arrows between the rooms are lint rules; a rule that a change of biome.json has switched off looks just like a rule
// that nobody breaks. So each is proved: a wrong file (and a right one) at the place in question is laid out in a folder
// of its own with the project's biome.json, linted in one go, and must get the message that teaches (or none).

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** [place, source, a piece of the message that it must get] */
const wrong = [
  // between the workspaces
  ['schema/src/wrong.ts', "import '@durable-canvas/interpreter'", 'stands at the bottom'],
  ['schema/src/rules/wrong.ts', "import '../../../interpreter/src/index.ts'", 'stands at the bottom'],
  ['schema/src/wrong.test.ts', "import '@durable-canvas/interpreter/testing'", 'stands at the bottom'],
  ['schema/src/wrong.ts', "import 'node:fs'", 'runs in the browser'],
  ['interpreter/src/engine/wrong.ts', "import '@durable-canvas/api'", 'interpreter is a library'],
  ['interpreter/src/core/wrong.ts', "import '@durable-canvas/designer'", 'interpreter is a library'],
  ['interpreter/src/stores/sqlite/wrong.ts', "import '../../../../schema/src/index.ts'", 'interpreter is a library'],
  ['interpreter/bench/wrong.ts', "import '@durable-canvas/interpreter'", 'interpreter is a library'],
  ['api/src/wrong.ts', "import '@durable-canvas/designer'", 'api is the door'],
  ['api/src/routes/wrong.ts', "import '../../../interpreter/src/engine/engine.ts'", 'api is the door'],
  ['api/src/wrong.ts', "import '@durable-canvas/interpreter/testing'", 'api is the door'],
  ['designer/src/panels/wrong.tsx', "import '@durable-canvas/interpreter'", '@durable-canvas/interpreter/core only'],
  [
    'designer/src/monitor/wrong.ts',
    "import '@durable-canvas/interpreter/sqlite'",
    '@durable-canvas/interpreter/core only',
  ],
  ['designer/src/drawing/wrong.ts', "import '@durable-canvas/api'", '@durable-canvas/interpreter/core only'],
  ['designer/src/canvas/wrong.tsx', "import 'node:path'", '@durable-canvas/interpreter/core only'],
  [
    'designer/src/store/wrong.test.ts',
    "import '@durable-canvas/interpreter/mongo'",
    '@durable-canvas/interpreter/core only',
  ],
  ['e2e/journeys/wrong.spec.ts', "import '@durable-canvas/schema'", 'imports none of the workspaces'],
  ['e2e/pages/wrong.ts', "import '../../designer/src/canvas/test-ids.ts'", 'imports none of the workspaces'],
  // inside interpreter
  ['interpreter/src/core/wrong.ts', "import '../engine/engine.ts'", 'core is pure and imports no sibling'],
  [
    'interpreter/src/core/steps/wrong.ts',
    "import type { Turn } from '../../stores/store.ts'",
    'core is pure and imports no sibling',
  ],
  ['interpreter/src/core/wrong.ts', "export * from '../testing/index.ts'", 'core is pure and imports no sibling'],
  ['interpreter/src/core/wrong.ts', "import 'node:crypto'", 'no Node built-ins, no drivers'],
  ['interpreter/src/core/wrong.ts', "export const later = () => import('mongodb')", 'no Node built-ins, no drivers'],
  ['interpreter/src/engine/wrong.ts', "import '../stores/sqlite/index.ts'", 'stores only as the interface'],
  [
    'interpreter/src/engine/activities/wrong.ts',
    "import '../../stores/mongo/mongo-store.ts'",
    'stores only as the interface',
  ],
  ['interpreter/src/engine/wrong.ts', "import 'mongodb'", 'stores only as the interface'],
  ['interpreter/src/engine/wrong.ts', "import '../testing/index.ts'", 'testing/ is for tests'],
  ['interpreter/src/stores/sqlite/wrong.ts', "import '../mongo/index.ts'", 'a store imports stores/store.ts'],
  ['interpreter/src/stores/mongo/wrong.ts', "import '../../engine/engine-types.ts'", 'a store imports stores/store.ts'],
  ['interpreter/src/stores/mongo/wrong.ts', "import '../../core/index.ts'", 'a store imports stores/store.ts'],
  ['interpreter/src/stores/store.ts', "import './sqlite/index.ts'", 'imports the language only'],
  // inside designer
  ['designer/src/drawing/wrong.ts', "import '../store/index.ts'", 'drawing is pure and stands below'],
  ['designer/src/drawing/operations/wrong.ts', "import '../../canvas/canvas.tsx'", 'drawing is pure and stands below'],
  ['designer/src/drawing/wrong.ts', "import { useState } from 'react'", 'functions without React'],
  ['designer/src/drawing/wrong.ts', "import { create } from 'zustand'", 'functions without React'],
  ['designer/src/store/wrong.ts', "import '../panels/palette.tsx'", 'store stands between'],
  ['designer/src/store/wrong.ts', "import '../canvas/canvas.tsx'", 'store stands between'],
  ['designer/src/canvas/wrong.tsx', "import '../panels/palette.tsx'", 'are neighbours'],
  ['designer/src/panels/wrong.tsx', "import '../monitor/timeline.tsx'", 'are neighbours'],
  [
    'designer/src/panels/wrong.tsx',
    "import { ReactFlow } from '@xyflow/react'",
    'React Flow stays in designer/src/canvas',
  ],
  [
    'designer/src/monitor/wrong.tsx',
    "import '@xyflow/react/dist/style.css'",
    'React Flow stays in designer/src/canvas',
  ],
  [
    'designer/src/store/wrong.ts',
    "import type { Node } from '@xyflow/react'",
    'React Flow stays in designer/src/canvas',
  ],
  [
    'designer/src/drawing/wrong.ts',
    "import type { Node } from '@xyflow/react'",
    'React Flow stays in designer/src/canvas',
  ],
  // purity
  ['interpreter/src/core/wrong.ts', 'export const at = () => Date.now()', 'Do not use the global variable'],
  ['interpreter/src/core/wrong.ts', 'export const at = () => new Date()', 'Do not use the global variable'],
  ['interpreter/src/core/steps/wrong.ts', 'setTimeout(() => undefined, 1)', 'Do not use the global variable'],
  ['interpreter/src/core/wrong.ts', 'export const size = () => Buffer.alloc(1)', 'Do not use the global variable'],
  ['interpreter/src/core/wrong.ts', 'export const id = () => crypto.randomUUID()', 'Do not use the global variable'],
  ['interpreter/src/core/wrong.ts', 'export const at = () => performance.now()', 'Do not use the global variable'],
  ['interpreter/src/core/wrong.ts', "export const get = () => fetch('/')", 'Do not use the global variable'],
  ['interpreter/src/core/wrong.ts', "console.log('here')", 'Do not use the global variable'],
  ['interpreter/src/core/wrong.ts', 'export const platform = () => process.platform', 'Do not use the global variable'],
  ['interpreter/src/core/wrong.ts', 'export const draw = () => Math.random()', 'Pure rooms draw nothing'],
  [
    'interpreter/src/core/wrong.ts',
    'const { random } = Math\nexport const draw = () => random()',
    'Pure rooms draw nothing',
  ],
  ['designer/src/drawing/wrong.ts', 'export const width = () => window.innerWidth', 'Do not use the global variable'],
  ['designer/src/drawing/wrong.ts', 'export const box = () => document.body', 'Do not use the global variable'],
  ['designer/src/drawing/layout/wrong.ts', 'export const at = () => Date.now()', 'Do not use the global variable'],
  ['designer/src/drawing/wrong.ts', 'export const draw = () => Math.random()', 'Pure rooms draw nothing'],
  // the environment has one reader
  ['api/src/wrong.ts', "export const port = process.env['PORT']", 'Only api/src/config.ts'],
  ['api/src/routes/wrong.ts', 'export const { PORT } = process.env', 'Only api/src/config.ts'],
  ['interpreter/src/engine/wrong.ts', "export const level = process.env['LOG_LEVEL']", 'Only api/src/config.ts'],
  ['interpreter/src/stores/mongo/wrong.ts', "export const uri = process.env['MONGODB_URI']", 'Only api/src/config.ts'],
]

/** What must stay allowed, so that a rule is not simply "nothing goes". */
const right = [
  ['schema/src/right.ts', "import 'jsonata'\nimport './problem.ts'"],
  ['schema/src/right.test.ts', "import 'node:fs'"],
  [
    'interpreter/src/core/right.ts',
    "import '@durable-canvas/schema'\nimport './steps/choice.ts'\nexport const most = Math.max(1, 2)",
  ],
  ['interpreter/src/core/right.test.ts', "import '../testing/index.ts'"],
  [
    'interpreter/src/engine/right.ts',
    "import '../core/index.ts'\nimport type { Turn } from '../stores/store.ts'\nimport 'node:crypto'\nexport const at = Date.now()",
  ],
  ['interpreter/src/engine/activities/right.ts', "import type { Turn } from '../../stores/store.ts'"],
  ['interpreter/src/engine/right.test.ts', "import '../stores/sqlite/index.ts'\nimport '../testing/index.ts'"],
  [
    'interpreter/src/stores/mongo/right.ts',
    "import 'mongodb'\nimport '@durable-canvas/schema'\nimport type { Turn } from '../store.ts'\nimport './rows.ts'",
  ],
  ['interpreter/src/stores/sqlite/right.test.ts', "import '../store.contract.ts'"],
  ['api/src/config.ts', "export const port = process.env['PORT']"],
  ['api/src/cli/right.ts', "export const token = process.env['API_TOKEN']"],
  ['api/src/right.ts', "import '@durable-canvas/interpreter/mongo'\nimport 'express'"],
  ['designer/src/drawing/right.ts', "import '@durable-canvas/schema'\nimport '@dagrejs/dagre'\nimport './document.ts'"],
  ['designer/src/store/right.ts', "import 'zustand'\nimport '../drawing/document.ts'"],
  [
    'designer/src/canvas/right.tsx',
    "import '@xyflow/react'\nimport '../store/index.ts'\nimport '../drawing/document.ts'",
  ],
  ['designer/src/monitor/right.tsx', "import '@durable-canvas/interpreter/core'\nimport '../canvas/graph.tsx'"],
  [
    'e2e/journeys/right.spec.ts',
    "import '@playwright/test'\nimport '../pages/designer-page.ts'\nexport const uri = process.env['MONGODB_URI']",
  ],
]

const folder = mkdtempSync(join(tmpdir(), 'lint-arrows-'))
const messagesByFile = new Map()

/** Each case gets a file of its own: the last name of its place, numbered. Fixed names (config.ts, store.ts) stay in a folder tree of their own. */
function lint(trees) {
  for (const [tree, cases] of trees) {
    const base = join(folder, tree)
    cpSync(join(root, 'biome.json'), join(base, 'biome.json'))
    cpSync(join(root, '.ci/lint'), join(base, '.ci/lint'), { recursive: true })
    for (const [place, source] of cases) {
      mkdirSync(dirname(join(base, place)), { recursive: true })
      writeFileSync(join(base, place), `${source}\n`)
    }
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
    const args = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json', '.']
    const run = spawnSync(process.execPath, [biome, ...args], { cwd: base, encoding: 'utf8', maxBuffer: 1 << 26 })
    let report
    try {
      report = JSON.parse(run.stdout)
    } catch {
      throw new Error(`biome gave no report:\n${run.stdout}\n${run.stderr}`)
    }
    for (const diagnostic of report.diagnostics) {
      const file = `${tree}/${diagnostic.location.path.replaceAll('\\', '/').replace(/^\.\//, '')}`
      messagesByFile.set(file, [...(messagesByFile.get(file) ?? []), JSON.stringify(diagnostic)])
    }
  }
}

const numbered = (place, index) =>
  /(wrong|right)\./.test(place) ? place.replace(/(wrong|right)\./, `$1-${index}.`) : place
const wrongCases = wrong.map(([place, source, message], index) => [numbered(place, index), source, message, place])
const rightCases = right.map(([place, source], index) => [numbered(place, index), source, place])
lint([
  ['wrong', wrongCases],
  ['right', rightCases],
])
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const restricted = /noRestrictedImports|noRestrictedGlobals|"category":"plugin"/

for (const [file, source, message, place] of wrongCases) {
  test(`${place} may not say ${source.split('\n')[0]}`, () => {
    const found = (messagesByFile.get(`wrong/${file}`) ?? []).filter((text) => restricted.test(text))
    assert.ok(
      found.some((text) => text.includes(message)),
      `expected a lint error that says "${message}", got ${found.length === 0 ? 'none' : found.join('\n')}`,
    )
  })
}

for (const [file, source, place] of rightCases) {
  test(`${place} may say ${source.split('\n').join('; ')}`, () => {
    const found = (messagesByFile.get(`right/${file}`) ?? []).filter((text) => restricted.test(text))
    assert.deepEqual(found, [])
  })
}
