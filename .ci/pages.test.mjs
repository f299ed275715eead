// The pages for readers stay true where a machine can tell: every link leads somewhere in the repository, every decision
// is listed in ARCHITECTURE.md, and every `npm run NAME` they speak of exists.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const skipped = new Set(['node_modules', 'dist', 'test-results', 'playwright-report', 'coverage'])

function pages(folder = root) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : pages(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

/** The anchors that a page's headings get. */
function anchors(text) {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

const withoutCode = (text) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
const all = pages()

for (const page of all) {
  test(`every link of ${relative(root, page)} leads somewhere`, () => {
    const text = readFileSync(page, 'utf8')
    const broken = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file, anchor] = target.split('#')
        const path = file === '' ? page : join(dirname(page), file)
        if (!existsSync(path)) return true
        return anchor !== undefined && path.endsWith('.md') && !anchors(readFileSync(path, 'utf8')).includes(anchor)
      })
    assert.deepEqual(broken, [])
  })
}

test('ARCHITECTURE.md links every decision', () => {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  const decisions = all
    .map((page) => relative(root, page).replaceAll('\\', '/'))
    .filter((page) => page.endsWith('.decision.md'))
  const missing = decisions.filter((page) => !text.includes(`(${page})`))
  assert.deepEqual(missing, [])
})

test('every npm script that the pages speak of exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const named = all.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name]) => name),
  )
  assert.deepEqual(
    [...new Set(named)].filter((name) => scripts[name] === undefined),
    [],
  )
})
