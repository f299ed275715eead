// What looks at the page from inside: when something was painted, how many frames there were and how long the worst took.
// A frame counts as painted when a task behind its requestAnimationFrame callbacks runs.

/** The name under which the page keeps it. */
export const probeName = 'durableCanvasSpeed'

/**
 * @typedef {object} Probe
 * @property {Promise<number>} firstCard ms from the navigation to the frame with the first step in it
 * @property {() => Promise<number>} lastCard the same, for the last step that came into view by itself
 * @property {() => Promise<number>} handled ms from the input to the next frame
 * @property {() => Promise<number>} settled ms from the input to the frame after which no step comes into view or leaves it
 * @property {() => void} beginFrames
 * @property {() => { fps: number, worst: number }} endFrames
 * @property {() => void} awaitInput what is measured next begins with a key that goes down or a pointer that goes up
 * @property {(selector: string, text: string) => Promise<number>} shown ms from the input to the frame in which an element says the text
 * @property {(selector: string, before: string) => Promise<number>} moved ms from the input to the frame in which the element stands elsewhere
 * @property {() => Promise<{ total: number, blocked: number }>} checked ms from the input to the worker's answer, and those of them in which sending held up the page
 */

/** Runs in the page, before anything of the page does: it must not use anything from outside of itself. */
export function installProbe(/** @type {string} */ name) {
  const cardSelector = '[data-testid^="step-card:"]'
  const isThere = (/** @type {Element | null | undefined} */ element) => {
    if (!element?.checkVisibility({ visibilityProperty: true })) return false
    const { top, left, bottom, right } = element.getBoundingClientRect()
    return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
  }
  /** @returns {Promise<number>} */
  const painted = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now())
      port2.postMessage(undefined)
    })
  /** @type {(isSo: () => boolean) => Promise<number>} */
  const paintedOnce = (isSo) =>
    new Promise((resolve) => {
      const look = () => (isSo() ? resolve(painted()) : requestAnimationFrame(look))
      requestAnimationFrame(look)
    })

  const firstCard = paintedOnce(() => isThere(document.querySelector(cardSelector)))
  const cards = () => document.querySelectorAll(cardSelector).length
  const calmMs = 1_000
  /** @type {(since: number) => Promise<number>} */
  const lastChange = async (since) => {
    let at = since
    let count = cards()
    while (performance.now() - at < calmMs) {
      const now = await paintedOnce(() => true)
      if (cards() !== count) at = now
      count = cards()
    }
    return at
  }

  let inputAt = 0
  let isAwaiting = false
  const begin = (/** @type {Event} */ { timeStamp }) => {
    if (isAwaiting) inputAt = timeStamp
    isAwaiting = false
  }
  addEventListener('keydown', begin, { capture: true })
  addEventListener('pointerup', begin, { capture: true })
  const sinceInput = async (/** @type {() => boolean} */ isSo) =>
    (await paintedOnce(() => !isAwaiting && isSo())) - inputAt

  // The worker that finds problems is the page's only one while nothing is tried.
  let sentMs = 0
  let answeredAt = 0
  const RealWorker = Worker
  window.Worker = class extends RealWorker {
    constructor(/** @type {string | URL} */ url, /** @type {WorkerOptions | undefined} */ options) {
      super(url, options)
      this.addEventListener('message', () => {
        answeredAt = performance.now()
      })
    }
    /**
     * @override
     * @param {unknown[]} sent
     */
    postMessage(...sent) {
      const begin = performance.now()
      // @ts-expect-error whatever the page passes is passed on
      super.postMessage(...sent)
      sentMs += performance.now() - begin
    }
  }

  /** @type {number[]} */
  let frames = []
  let isCounting = false
  const countFrame = (/** @type {number} */ at) => {
    if (!isCounting) return
    frames.push(at)
    requestAnimationFrame(countFrame)
  }

  /** @type {Probe} */
  const probe = {
    firstCard,
    lastCard: async () => lastChange(await firstCard),
    beginFrames: () => {
      frames = []
      isCounting = true
      requestAnimationFrame(countFrame)
    },
    endFrames: () => {
      isCounting = false
      const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at))
      const whole = gaps.reduce((sum, gap) => sum + gap, 0)
      return { fps: (gaps.length * 1000) / whole, worst: Math.max(...gaps) }
    },
    awaitInput: () => {
      isAwaiting = true
      sentMs = 0
    },
    shown: (selector, text) =>
      sinceInput(() => {
        const element = document.querySelector(selector)
        return (element instanceof HTMLInputElement ? element.value : element?.textContent) === text
      }),
    handled: () => sinceInput(() => true),
    settled: async () => (await lastChange(await paintedOnce(() => !isAwaiting))) - inputAt,
    moved: (selector, before) =>
      sinceInput(() => {
        const element = document.querySelector(selector)
        return element instanceof HTMLElement && element.style.transform !== before
      }),
    checked: async () => {
      const total = await sinceInput(() => answeredAt > inputAt)
      return { total: Math.min(total, answeredAt - inputAt), blocked: sentMs }
    },
  }
  Object.assign(window, { [name]: probe })
}
