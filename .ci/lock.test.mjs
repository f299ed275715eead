// What package-lock.json must keep: every package runs on the oldest Node that package.json names (npm only warns when
// one does not), and no package runs a script at installation without a decision in package.json.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import semver from 'semver'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'))
const { packages } = read('package-lock.json')
const manifest = read('package.json')
const oldest = semver.minVersion(manifest.engines.node)

test(`every package in the lock accepts Node ${oldest}`, () => {
  const refusing = Object.entries(packages)
    .filter(([, { engines }]) => engines?.node !== undefined && !semver.satisfies(oldest, engines.node))
    .map(([path, { version, engines }]) => `${path} ${version} wants ${engines.node}`)
  assert.deepEqual(refusing, [])
})

test('every package with an install script has a decision in allowScripts', () => {
  const undecided = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
    .filter((name) => typeof manifest.allowScripts?.[name] !== 'boolean')
  assert.deepEqual(undecided, [])
})

test('the lock is bound to no registry', () => {
  const bound = Object.entries(packages)
    .filter(([, { resolved, link }]) => link !== true && resolved !== undefined)
    .map(([path]) => path)
  assert.deepEqual(bound, [])
})
