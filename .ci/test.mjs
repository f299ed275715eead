// `npm test`: all that is checked, in one order, with one count at the end. Each stage says what it found in one line; what
// failed is printed whole. Nothing is skipped without being said.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from '../e2e/find-chromium.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const reports = join(root, 'test-results')
const requireMongo = (process.env.REQUIRE_MONGODB ?? '') !== '' && process.env.REQUIRE_MONGODB !== '0'
const onlyStages = process.argv.slice(2)
const began = Date.now()
/** Marks the databases of this run's journeys. */
const runMark = `${process.pid}`

const modules = join(root, 'node_modules')
const tools = {
  biome: join(modules, '@biomejs/biome/bin/biome'),
  tsc: join(modules, 'typescript/bin/tsc'),
  vitest: join(modules, 'vitest/vitest.mjs'),
  playwright: join(modules, '@playwright/test/cli.js'),
}

/** @typedef {{ passed: number, failed: number, skipped: number, note?: string }} Count */

const total = { passed: 0, failed: 0, skipped: 0 }
const children = new Set()

function say(text) {
  process.stdout.write(`${text}\n`)
}

/** Runs a program of Node's to its end; past `minutes` it is ended, with all that it started. */
function run(args, { env = {}, minutes = 5, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, DO_NOT_TRACK: '1', FORCE_COLOR: '0', NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    children.add(child)
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    const end = (code, why = '') => {
      clearTimeout(limit)
      children.delete(child)
      resolve({ code, output: output + why })
    }
    const limit = setTimeout(() => {
      stop(child)
      end(124, `\nended after ${minutes} minutes without a result\n`)
    }, minutes * 60_000)
    child.on('error', (error) => end(127, `\n${error.message}\n`))
    child.on('close', (code, signal) => end(code ?? 1, signal === null ? '' : `\nended by ${signal}\n`))
  })
}

/** Ends a child and its own children. */
function stop(child) {
  if (child.pid === undefined || child.exitCode !== null) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of children) stop(child)
    process.exit(130)
  })
}

/** A stage that either holds or does not: one test in the count. */
async function check(name, args, options) {
  const result = await run(args, options)
  return {
    count: { passed: result.code === 0 ? 1 : 0, failed: result.code === 0 ? 0 : 1, skipped: 0 },
    output: result.output,
    name,
  }
}

/** @returns {Promise<{count: Count, output: string, name: string}>} */
async function nodeTests(name, files) {
  const { code, output } = await run(['--test', '--test-reporter=tap', ...files])
  const figure = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0)
  const count = { passed: figure('pass'), failed: figure('fail') + figure('cancelled'), skipped: figure('skipped') }
  return { count: withExitCode(count, code), output, name }
}

/** A runner that says "failed" without a failed test (a file that did not load, a crash) has failed once at least. */
function withExitCode(count, code) {
  if (code !== 0 && count.failed === 0) return { ...count, failed: 1 }
  if (code === 0 && count.passed + count.failed === 0) return { ...count, failed: 1, note: 'no test ran' }
  return count
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

async function vitest(env) {
  const file = join(reports, 'vitest.json')
  rmSync(file, { force: true })
  const args = [tools.vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code, output } = await run(args, { env, minutes: 25 })
  const report = readReport(file)
  const count = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  }
  const slowest = (report?.testResults ?? [])
    .map(({ name, startTime, endTime }) => ({ name: name.slice(root.length + 1), took: endTime - startTime }))
    .sort((a, b) => b.took - a.took)
    .slice(0, 3)
    .map(({ name, took }) => `${name} ${seconds(took)}`)
  return {
    count: { ...withExitCode(count, code), note: slowest.length === 0 ? undefined : `slowest: ${slowest.join(', ')}` },
    output,
    name: 'unit, property, contract and API tests',
  }
}

async function playwright(env) {
  const file = join(reports, 'playwright.json')
  rmSync(file, { force: true })
  const { code, output } = await run([tools.playwright, 'test', '--reporter=list,json'], {
    cwd: join(root, 'e2e'),
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    minutes: 25,
  })
  const stats = readReport(file)?.stats
  const count = {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
    skipped: stats?.skipped ?? 0,
  }
  const again = titlesOf(readReport(file), 'flaky')
  const flaky = again.length > 0 ? `passed only when tried again: ${again.join('; ')}` : undefined
  return { count: { ...withExitCode(count, code), note: flaky }, output, name: 'browser journeys' }
}

/** The journeys of a report that came out as `status`. */
function titlesOf(suite, status) {
  const own = (suite?.specs ?? []).flatMap(({ title, tests }) =>
    tests.filter((test) => test.status === status).map(({ projectName }) => `${title} (${projectName})`),
  )
  return [...own, ...(suite?.suites ?? []).flatMap((inner) => titlesOf(inner, status))]
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`
}

async function stage(promise) {
  const start = Date.now()
  const { count, output, name } = await promise
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
  const figures =
    count.passed + count.failed + count.skipped > 1 ? ` ${count.passed} passed, ${count.failed} failed${skipped}` : ''
  if (count.failed > 0) say(`\n${output.trimEnd()}\n`)
  say(
    `${count.failed > 0 ? '✖' : '✔'} ${name}:${figures} (${seconds(Date.now() - start)})${count.note === undefined ? '' : ` · ${count.note}`}`,
  )
  return count.failed === 0
}

/** The MongoDB that all tests share: one that is named, one on this system, or one that can be brought. */
async function mongo() {
  const bridge = spawn(
    process.execPath,
    ['--conditions=@durable-canvas/source', '--import', 'tsx', join(root, '.ci/mongo-for-tests.mjs')],
    {
      cwd: root,
      env: { ...process.env, E2E_RUN: runMark, REQUIRE_MONGODB: '' },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  )
  let words = ''
  bridge.stderr.on('data', (chunk) => (words += chunk))
  const uri = await new Promise((resolve) => {
    let text = ''
    bridge.stdout.on('data', (chunk) => {
      text += chunk
      const line = /^uri (.*)$/m.exec(text)
      if (line !== null) resolve(line[1])
    })
    bridge.on('close', () => resolve(undefined))
  })
  const close = () =>
    new Promise((resolve) => {
      if (bridge.exitCode !== null) resolve(undefined)
      bridge.on('close', resolve)
      bridge.stdin.end()
    })
  return { uri, words, close }
}

/** Browser tests are never skipped: without a Chromium one is installed, and if that fails so does the run. */
async function chromium() {
  const { chromium: own } = createRequire(join(root, 'e2e/package.json'))('@playwright/test')
  const found = findChromium(() => own.executablePath())
  if (found !== undefined) return { path: found, problem: '' }
  say('no Chromium found: installing the one of Playwright')
  const { output } = await run([tools.playwright, 'install', 'chromium'], { cwd: join(root, 'e2e'), minutes: 5 })
  const installed = findChromium(() => own.executablePath())
  const problem = `${output}\nNo Chromium, and none could be installed. Install one (e.g. apt-get install chromium), or name one in CHROMIUM_PATH.`
  return installed === undefined ? { path: undefined, problem } : { path: installed, problem: '' }
}

async function main() {
  mkdirSync(reports, { recursive: true })
  const wanted = (name) => onlyStages.length === 0 || onlyStages.includes(name)

  if (wanted('checks')) {
    await stage(check('generated files are fresh', ['schema/generate.mjs', '--check']))
    const own = readdirSync(join(root, '.ci')).filter((name) => name.endsWith('.test.mjs'))
    await stage(
      nodeTests(
        'lock, lint arrows and pages',
        own.map((name) => join('.ci', name)),
      ),
    )
    await stage(check('lint', [tools.biome, 'ci', '--colors=off', '--error-on-warnings', '.']))
    await stage(check('types', [tools.tsc, '-b']))
  }

  const server =
    wanted('unit') || wanted('e2e') ? await mongo() : { uri: undefined, words: '', close: async () => undefined }
  try {
    const env = server.uri === undefined ? {} : { MONGODB_URI: server.uri }
    if (wanted('unit')) await stage(vitest(env))
    if (wanted('build') || wanted('e2e')) {
      const built = await stage(check('build', ['.ci/build.mjs']))
      if (wanted('e2e')) await journeys(built, env)
    }
    if (server.uri === undefined && (wanted('unit') || wanted('e2e'))) withoutMongo(server.words)
  } finally {
    await server.close()
  }

  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  say(`\nall of it in ${seconds(Date.now() - began)}`)
  say(`${total.passed} passed, ${total.failed} failed${skipped}`)
  process.exitCode = total.failed > 0 ? 1 : 0
}

async function journeys(built, env) {
  const fail = (output) =>
    stage(Promise.resolve({ count: { passed: 0, failed: 1, skipped: 0 }, output, name: 'browser journeys' }))
  if (!built) return fail('not run: there is no build to walk through')
  const { path, problem } = await chromium()
  if (path === undefined) return fail(problem)
  return stage(playwright({ ...env, E2E_RUN: runMark, CHROMIUM_PATH: path }))
}

function withoutMongo(words) {
  const how = 'Name one in MONGODB_URI, put a mongod on the PATH, or name its file in MONGOMS_SYSTEM_BINARY.'
  say(`\n!! NO MONGODB: every test against MongoDB was skipped. ${how}\n${words.trim()}`)
  if (!requireMongo) return
  say('✖ REQUIRE_MONGODB is set, so this run has failed')
  total.failed += 1
}

await main()
