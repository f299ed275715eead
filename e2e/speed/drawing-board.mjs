// The drawing board as the measurement uses it: one page of a fresh browser context, and gestures at a steady pace.
import { setTimeout as sleep } from 'node:timers/promises'
import { installProbe, probeName } from './page-probe.mjs'

/** @typedef {import('./page-probe.mjs').Probe} Probe */

const frameMs = 1000 / 60
export const movesOfGesture = 120
const keyMs = 150

const card = '[data-testid="step-card:take0"]'
const title = `${card} span[title]`
const node = '.react-flow__node[data-id="take0"]'
const titleField = '[data-testid="field:/title"] input'

export class DrawingBoard {
  /** @type {import('@playwright/test').Page} */
  page
  /** @type {string} */
  #address

  /**
   * @param {import('@playwright/test').Page} page
   * @param {string} address of the draft
   */
  constructor(page, address) {
    this.page = page
    this.#address = address
  }

  /**
   * @param {import('@playwright/test').Browser} browser
   * @param {string} address
   */
  static async in(browser, address) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    page.setDefaultTimeout(120_000)
    page.on('pageerror', (error) => console.error('thrown in the page:', error))
    await page.addInitScript(installProbe, probeName)
    return new DrawingBoard(page, address)
  }

  close() {
    return this.page.context().close()
  }

  async open() {
    await this.page.goto(this.#address, { waitUntil: 'commit' })
    const opened = {
      first: await this.#probe((probe) => probe.firstCard),
      last: await this.#probe((probe) => probe.lastCard()),
    }
    // Whatever still goes on at the start (problems, idle work) is not part of what is measured next.
    await sleep(1_000)
    return opened
  }

  /** ms from the click to the form of the step. */
  async select() {
    const { x, y } = await this.#middleOf(card)
    const ms = await this.#after(
      () => this.page.mouse.click(x, y),
      (probe, { kind, path }) => probe.shown(kind, path),
      { kind: '[aria-label="Properties"] header .dc-mono', path: 'take0' },
    )
    await sleep(1_000)
    return ms
  }

  /** Types into the title of a step; ms from each key to the frame that shows it in the field, and on the step. */
  async type(/** @type {number} */ count) {
    const before = await this.page.locator(titleField).inputValue()
    await this.page.locator(titleField).click()
    await this.page.keyboard.press('End')
    const inField = []
    const onCard = []
    let text = before
    for (let typed = 0; typed < count; typed += 1) {
      const letter = String.fromCharCode(97 + (typed % 26))
      text += letter
      const places = { field: titleField, card: title, text }
      const shown = await this.#after(
        () => this.page.keyboard.press(letter),
        (probe, { field, card, text }) => Promise.all([probe.shown(field, text), probe.shown(card, text)]),
        places,
      )
      inField.push(shown[0])
      onCard.push(shown[1])
      await sleep(keyMs)
    }
    return { inField, onCard, before }
  }

  /** Takes back what was typed. */
  async undo(/** @type {string} */ before) {
    await this.page.locator(titleField).blur()
    return this.#after(
      () => this.page.keyboard.press('Control+z'),
      (probe, { title, before }) => probe.shown(title, before),
      { title, before },
    )
  }

  /** One more letter, until its problems are known. */
  async check() {
    await this.page.locator(titleField).click()
    const found = await this.#after(
      () => this.page.keyboard.press('x'),
      (probe) => probe.checked(),
      undefined,
    )
    await this.page.locator(titleField).blur()
    return found
  }

  /** Leaves the step held, so that letting go can be measured by itself. */
  async drag() {
    const { x, y } = await this.#middleOf(card)
    await this.page.mouse.move(x, y)
    await this.page.mouse.down()
    await this.page.mouse.move(x + 8, y + 8)
    return this.#frames((part) => {
      const turn = part * Math.PI * 4
      return this.page.mouse.move(x + 8 + Math.sin(turn) * 120, y + 48 - Math.cos(turn) * 40)
    })
  }

  async drop() {
    return this.#after(
      () => this.page.mouse.up(),
      (probe) => probe.handled(),
      undefined,
    )
  }

  async pan() {
    const { x, y } = await this.#freePlace()
    await this.page.mouse.move(x, y)
    await this.page.mouse.down()
    const frames = await this.#frames((part) => this.page.mouse.move(x, y - 700 * Math.sin(part * Math.PI)))
    await this.page.mouse.up()
    return frames
  }

  /** Out, so that most of it is seen, and in again. */
  async zoom() {
    const { x, y } = await this.#freePlace()
    await this.page.mouse.move(x, y - 300)
    return this.#frames((part) => this.page.mouse.wheel(0, part < 0.5 ? 12 : -12))
  }

  /** Another direction: every scope is laid out anew. */
  async layOut() {
    const before = await this.page.locator(node).evaluate((element) => element.style.transform)
    return this.#after(
      () => this.page.keyboard.press('Shift+T'),
      (probe, { node, before }) => probe.moved(node, before),
      { node, before },
    )
  }

  /** As much as can be shown at once. */
  async showAll() {
    return this.#after(
      () => this.page.keyboard.press('f'),
      (probe) => probe.settled(),
      undefined,
    )
  }

  /**
   * What the page shows after an input; the time begins in the page, with the input itself.
   * @template T, A
   * @param {() => Promise<void>} input
   * @param {(probe: Probe, argument: A) => T} ask
   * @param {A} argument
   */
  async #after(input, ask, argument) {
    await this.#probe((probe) => probe.awaitInput())
    const [shown] = await Promise.all([this.#probe(ask, argument), input()])
    return shown
  }

  /** @param {(part: number) => Promise<void>} move */
  async #frames(move) {
    await this.#probe((probe) => probe.beginFrames())
    const begin = performance.now()
    const sent = []
    for (let index = 1; index <= movesOfGesture; index += 1) {
      sent.push(move(index / movesOfGesture))
      await sleep(Math.max(0, begin + index * frameMs - performance.now()))
    }
    await Promise.all(sent)
    return this.#probe((probe) => probe.endFrames())
  }

  async #middleOf(/** @type {string} */ selector) {
    const box = await this.page.locator(selector).first().boundingBox()
    if (box === null) throw new Error(`${selector} is not on the screen`)
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }

  /** The lower left of the canvas, where no step is. */
  async #freePlace() {
    const box = await this.page.getByTestId('canvas').boundingBox()
    if (box === null) throw new Error('the canvas is not on the screen')
    return { x: box.x + 24, y: box.y + box.height - 90 }
  }

  /**
   * @template T, [A=undefined]
   * @param {(probe: Probe, argument: A) => T} ask
   * @param {A} [argument]
   * @returns {Promise<Awaited<T>>}
   */
  async #probe(ask, argument) {
    const probe = await this.page.evaluateHandle((name) => /** @type {Probe} */ (Reflect.get(window, name)), probeName)
    // @ts-expect-error the types of Playwright forbid to pass on a function of any kind
    return probe.evaluate(ask, argument)
  }
}
