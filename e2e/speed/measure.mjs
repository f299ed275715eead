// How quick the drawing board is with big workflows, as a table. Asserts nothing: times of one machine say little about another.
//   npm run build && node e2e/speed/measure.mjs [--steps=100,1000,2000] [--rounds=3]
//     --server=api/dist/main.js    the built server to measure
//     --against=other/main.js      another one, measured in turns with it: timings of different runs do not compare
//     --profile=folder             leaves CPU profiles there; what is measured is slower then
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { browserArguments } from '../browser-arguments.mjs'
import { findChromium } from '../find-chromium.mjs'
import { bigDefinition, stepsIn } from './big-definition.mjs'
import { DrawingBoard, movesOfGesture } from './drawing-board.mjs'
import { entryBundle } from './entry-bundle.mjs'
import { MainThread } from './main-thread.mjs'
import { call, startServer } from './running-server.mjs'

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '100,1000,2000' },
    rounds: { type: 'string', default: '3' },
    server: {
      type: 'string',
      default: process.env.E2E_SERVER ?? fileURLToPath(new URL('../../api/dist/main.js', import.meta.url)),
    },
    against: { type: 'string' },
    profile: { type: 'string' },
  },
})
const sizes = values.steps.split(',').map(Number)
const servers = [values.server, ...(values.against === undefined ? [] : [values.against])].map((path) => resolve(path))

const what = {
  cold: 'first step painted, nothing cached',
  warm: 'first step painted, scripts cached',
  inView: 'all steps in view painted, scripts cached',
  warmWork: '… CPU of the page until it rests',
  select: 'step selected: click to its form',
  key: 'typing: key to frame, in the field',
  keyWorst: '… the worst of 20',
  card: 'typing: key to frame, on the step',
  cardWorst: '… the worst of 20',
  keyWork: '… CPU of the page a key',
  undo: 'undo of an edit',
  problems: 'problems known after a key',
  blocked: '… of it the page was held up',
  drag: 'drag of a step',
  dragWorst: '… its worst frame',
  dragWork: '… CPU of the page a move',
  drop: 'drop of the step',
  pan: 'pan',
  panWorst: '… its worst frame',
  panWork: '… CPU of the page a move',
  zoom: 'zoom out and in',
  zoomWorst: '… its worst frame',
  zoomWork: '… CPU of the page a turn',
  layOut: 'everything laid out anew',
  showAll: 'as much as fits shown (F), painted',
}
/** @typedef {keyof typeof what} Figure */
/** @typedef {Map<Figure, number[]>} Figures by what was measured, one of each round */

/** @type {readonly Figure[]} */
const perSecond = ['drag', 'pan', 'zoom']

const keys = 20

const median = (/** @type {readonly number[]} */ numbers) =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {number} count
 * @param {Figures} figures
 * @param {string | undefined} folder
 */
async function measure(browser, url, count, figures, folder) {
  const note = (/** @type {Figure} */ name, /** @type {number} */ figure) => {
    figures.set(name, [...(figures.get(name) ?? []), figure])
  }
  const board = await DrawingBoard.in(browser, `${url}/definitions/speed-${count}/draft`)
  const thread = await MainThread.of(board.page)
  /** @type {<T>(name: string, run: () => Promise<T>) => Promise<{ result: T, cpuMs: number }>} */
  const watched = (name, run) => thread.during(run, folder && join(folder, `${count}-${name}.cpuprofile`))

  note('cold', (await watched('cold', () => board.open())).result.first)
  await board.open()
  const warm = await watched('warm', () => board.open())
  note('warm', warm.result.first)
  note('inView', warm.result.last)
  note('warmWork', warm.cpuMs)

  note('select', (await watched('select', () => board.select())).result)
  const typed = await watched('type', () => board.type(keys))
  note('key', median(typed.result.inField))
  note('keyWorst', Math.max(...typed.result.inField))
  note('card', median(typed.result.onCard))
  note('cardWorst', Math.max(...typed.result.onCard))
  note('keyWork', typed.cpuMs / keys)
  note('undo', (await watched('undo', () => board.undo(typed.result.before))).result)
  const { total, blocked } = (await watched('check', () => board.check())).result
  note('problems', total)
  note('blocked', blocked)

  const drag = await watched('drag', () => board.drag())
  note('drag', drag.result.fps)
  note('dragWorst', drag.result.worst)
  note('dragWork', drag.cpuMs / movesOfGesture)
  note('drop', (await watched('drop', () => board.drop())).result)
  const pan = await watched('pan', () => board.pan())
  note('pan', pan.result.fps)
  note('panWorst', pan.result.worst)
  note('panWork', pan.cpuMs / movesOfGesture)
  const zoom = await watched('zoom', () => board.zoom())
  note('zoom', zoom.result.fps)
  note('zoomWorst', zoom.result.worst)
  note('zoomWork', zoom.cpuMs / movesOfGesture)
  note('layOut', (await watched('layout', () => board.layOut())).result)
  note('showAll', (await watched('show-all', () => board.showAll())).result)
  await board.close()
}

/** A draft as it comes from the palette: no step has a place of its own. */
async function draw(/** @type {string} */ url, /** @type {number} */ count) {
  const definition = bigDefinition(count)
  if (stepsIn(definition) !== count) throw new Error(`${stepsIn(definition)} steps instead of ${count}`)
  const answer = await call(url, 'POST', '/api/definitions/validate', definition)
  const { valid, problems } = /** @type {{ valid: boolean, problems: unknown[] }} */ (answer)
  if (!valid || problems.length > 0) throw new Error(`not a sound definition: ${JSON.stringify(problems.slice(0, 3))}`)
  const draft = { definition, layout: { positions: {} } }
  await call(url, 'PUT', `/api/drafts/${definition.name}`, draft, { 'if-none-match': '*' })
}

const rounded = (/** @type {number} */ figure) => figure.toFixed(figure < 10 ? 1 : 0)

/**
 * @param {Figure} name
 * @param {readonly Figures[]} columns
 */
function row(name, columns) {
  const unit = perSecond.includes(name) ? ' fps' : ' ms'
  return `| ${what[name]} | ${columns.map((figures) => `${rounded(median(figures.get(name) ?? []))}${unit}`).join(' | ')} |`
}

const executablePath = findChromium(() => chromium.executablePath())
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: browserArguments,
})
const running = await Promise.all(servers.map(startServer))
try {
  const results = running.map(() => sizes.map(() => /** @type {Figures} */ (new Map())))
  for (const { url } of running) for (const count of sizes) await draw(url, count)
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    for (const [column, count] of sizes.entries()) {
      for (const [index, { url }] of running.entries()) {
        console.error(`round ${round}: ${count} steps${running.length > 1 ? `, server ${index + 1}` : ''}`)
        const figures = results[index]?.[column]
        const folder = values.profile === undefined ? undefined : resolve(values.profile, String(index + 1))
        if (figures !== undefined) await measure(browser, url, count, figures, folder)
      }
    }
  }
  const [cpu] = cpus()
  console.log(
    `${cpus().length} cores (${cpu?.model.trim()}), Chromium ${browser.version()}, no GPU, ${values.rounds} rounds`,
  )
  for (const [index, { url }] of running.entries()) {
    console.log(
      `\n| ${servers.length > 1 ? servers[index] : ''} | ${sizes.map((count) => `${count} steps`).join(' | ')} |`,
    )
    console.log(`|---|${sizes.map(() => '---:').join('|')}|`)
    for (const name of /** @type {Figure[]} */ (Object.keys(what))) console.log(row(name, results[index] ?? []))
    console.log(`\nEntry bundle: ${((await entryBundle(url)) / 1000).toFixed(0)} kB gzip`)
  }
} finally {
  await browser.close()
  for (const server of running) await server.stop()
}
