// The drawing board as a person uses it: drag from the palette, connect, fill in the form of what is selected.
import { expect, type Locator, type Page } from '@playwright/test'

export class DesignerPage {
  readonly page: Page
  readonly canvas: Locator
  readonly properties: Locator
  readonly problems: Locator

  constructor(page: Page) {
    this.page = page
    this.canvas = page.getByTestId('canvas')
    this.properties = page.getByRole('complementary', { name: 'Properties' })
    this.problems = page.getByRole('list', { name: 'Problems' })
  }

  async open(name: string): Promise<void> {
    await this.page.goto(`/definitions/${name}/draft`)
    await expect(this.canvas).toBeVisible()
    await expect(this.paletteItem('activity:Echo')).toBeVisible()
  }

  paletteItem(key: string): Locator {
    return this.page.getByTestId(`palette-item:${key}`)
  }

  card(path: string): Locator {
    return this.page.getByTestId(`step-card:${path}`)
  }

  edge(from: string, port: string, to: string): Locator {
    return this.page.getByTestId(`edge:${from}:${port}:${to}`)
  }

  handle(path: string, port: string): Locator {
    return this.page.locator(`.react-flow__node[data-id="${path}"] .react-flow__handle[data-handleid="${port}"]`)
  }

  /** Drags from the palette to a free place, counted from the canvas's upper left corner. */
  async drop(key: string, at: { x: number; y: number }): Promise<void> {
    await this.paletteItem(key).dragTo(this.canvas, { targetPosition: at })
  }

  /** Drags from the palette onto the dot where an edge would begin. */
  async dropOnPort(key: string, from: string, port: string): Promise<void> {
    await this.paletteItem(key).dragTo(this.handle(from, port), { force: true })
  }

  /** Draws an edge with the mouse from a port to a step. */
  async connect(from: string, port: string, to: string): Promise<void> {
    const begin = await this.#middle(this.handle(from, port))
    const end = await this.#middle(this.handle(to, 'in'))
    await this.page.mouse.move(begin.x, begin.y)
    await this.page.mouse.down()
    await this.page.mouse.move((begin.x + end.x) / 2, (begin.y + end.y) / 2, { steps: 4 })
    await this.page.mouse.move(end.x, end.y, { steps: 4 })
    await this.page.mouse.up()
    await expect(this.edge(from, port, to)).toBeAttached()
  }

  async #middle(locator: Locator): Promise<{ x: number; y: number }> {
    const box = await locator.boundingBox()
    if (box === null) throw new Error(`${locator} is not on the screen`)
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }

  /** Moves a step with the mouse. */
  async move(path: string, by: { x: number; y: number }): Promise<void> {
    const { x, y } = await this.#middle(this.card(path))
    await this.page.mouse.move(x, y)
    await this.page.mouse.down()
    await this.page.mouse.move(x + by.x / 2, y + by.y / 2, { steps: 4 })
    await this.page.mouse.move(x + by.x, y + by.y, { steps: 4 })
    await this.page.mouse.up()
  }

  /** Takes a step by its upper left part, carries it to the middle of a place, and lets go there. */
  async carry(path: string, to: Locator | { x: number; y: number }): Promise<void> {
    const box = await this.node(path).boundingBox()
    if (box === null) throw new Error(`${path} is not on the screen`)
    const end = 'x' in to ? to : await this.#middle(to)
    await this.drag({ x: box.x + Math.min(30, box.width / 4), y: box.y + Math.min(12, box.height / 2) }, end)
  }

  /** With the mouse, from one point of the screen to another. */
  async drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    await this.page.mouse.move(from.x, from.y)
    await this.page.mouse.down()
    await this.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
    await this.page.mouse.move(to.x, to.y, { steps: 4 })
    await this.page.mouse.up()
  }

  /** The step with its ports, container or card. */
  node(path: string): Locator {
    return this.page.locator(`.react-flow__node[data-id="${path}"]`)
  }

  lane(scope: string): Locator {
    return this.page.getByTestId(`lane:${scope}`)
  }

  /** Selects an edge, takes it by its end, and leads it to another step. */
  async takeEdgeTo(from: string, port: string, to: string, other: string): Promise<void> {
    const begin = await this.#middle(this.handle(from, port))
    await this.page.mouse.click(begin.x, begin.y + 14)
    await expect(this.edge(from, port, to)).toHaveAttribute('data-selected', 'true')
    const end = await this.#middle(this.handle(to, 'in'))
    await this.drag({ x: end.x, y: end.y - 6 }, await this.#middle(this.handle(other, 'in')))
  }

  /** Draws the frame of a selection around the steps; the key for it is held down by who asks. */
  async frame(paths: readonly string[]): Promise<void> {
    const boxes = await Promise.all(paths.map((path) => this.node(path).boundingBox()))
    const found = boxes.filter((box) => box !== null)
    const left = Math.min(...found.map(({ x }) => x))
    const top = Math.min(...found.map(({ y }) => y))
    const right = Math.max(...found.map(({ x, width }) => x + width))
    const bottom = Math.max(...found.map(({ y, height }) => y + height))
    await this.drag({ x: left - 16, y: top + 8 }, { x: right + 16, y: bottom - 4 })
  }

  /** The + in the middle of an edge. */
  plus(from: string, port: string, to: string): Locator {
    return this.page.getByTestId(`edge-plus:${from}:${port}:${to}`)
  }

  /** Types into the list at the cursor and takes what is first. */
  async quickAdd(words: string): Promise<void> {
    const list = this.page.getByRole('dialog', { name: 'Insert a step' })
    await list.getByRole('textbox').fill(words)
    await this.page.keyboard.press('Enter')
    await expect(list).toHaveCount(0)
  }

  /** All of it in the view, which has come to rest. */
  async fit(): Promise<void> {
    await this.page.getByRole('toolbar', { name: 'Canvas' }).getByRole('button', { name: 'Show everything' }).click()
    const view = this.page.locator('.react-flow__viewport')
    let before: string | null = null
    await expect
      .poll(
        async () => {
          const now = await view.getAttribute('style')
          const isStill = now === before
          before = now
          return isStill
        },
        { intervals: [120] },
      )
      .toBe(true)
  }

  async select(path: string): Promise<void> {
    await this.card(path).click()
    await expect(this.properties.getByText(path, { exact: true }).first()).toBeVisible()
  }

  /** One after the other, all of them together. */
  async selectAll(paths: readonly string[]): Promise<void> {
    for (const [index, path] of paths.entries())
      await this.page.locator(`.react-flow__node[data-id="${path}"]`).click({
        position: { x: 60, y: 12 },
        ...(index > 0 && { modifiers: ['Shift'] }),
      })
    await expect(this.page.locator('.react-flow__node.selected')).toHaveCount(paths.length)
  }

  /** The form of the workflow itself: a click on the free canvas. */
  async selectWorkflow(): Promise<void> {
    await this.canvas.click({ position: { x: 24, y: 300 } })
    await expect(this.properties.getByText('The workflow itself')).toBeVisible()
  }

  field(pointer: string): Locator {
    return this.properties.getByTestId(`field:${pointer}`)
  }

  /** Opens the section of the form if it is closed. */
  async section(title: string): Promise<void> {
    const head = this.properties.getByRole('button', { name: title, expanded: false })
    if ((await head.count()) > 0) await head.first().click()
  }

  async type(pointer: string, text: string): Promise<void> {
    const input = this.field(pointer).locator('input, textarea').first()
    await input.fill(text)
    await input.blur()
  }

  async typeExpression(pointer: string, source: string): Promise<void> {
    const toggle = this.field(pointer).getByRole('button', { name: /: expression$/ })
    if ((await toggle.count()) > 0 && (await toggle.getAttribute('aria-pressed')) === 'false') await toggle.click()
    const input = this.field(pointer).getByRole('combobox')
    await input.fill(source)
    await input.blur()
  }

  /** Switches a field between a literal and an expression. */
  async toggleExpression(pointer: string): Promise<void> {
    await this.field(pointer)
      .getByRole('button', { name: /: expression$/ })
      .click()
  }

  /** What the expression of a field gives, while it is written in. */
  preview(pointer: string): Locator {
    return this.field(pointer).getByTestId('preview')
  }

  /** Chooses the data that previews are made from: an instance by its id. */
  async previewWith(instanceId: string): Promise<void> {
    const source = this.properties.getByRole('combobox', { name: 'Data of the previews' })
    await source.click()
    await this.page.getByRole('option', { name: instanceId }).click()
    await expect(source).toHaveValue(instanceId)
  }

  /** The text of the code view. */
  get code(): Locator {
    return this.page.getByRole('textbox', { name: 'Definition as JSON' })
  }

  /** The lines of the steps that are selected. */
  get markedCode(): Locator {
    return this.code.locator('.cm-selectedStep')
  }

  /** What the code view tells of the thing under the mouse. */
  get told(): Locator {
    return this.page.locator('.cm-told')
  }

  async choose(pointer: string, option: string | RegExp): Promise<void> {
    await this.field(pointer).locator('input').first().click()
    await this.page.getByRole('option', { name: option }).click()
  }

  async rename(path: string, id: string): Promise<void> {
    await this.select(path)
    await this.type('/@id', id)
    await expect(this.card(id)).toBeVisible()
  }

  get undo(): Locator {
    return this.page.getByRole('button', { name: /^Undo/ })
  }

  get redo(): Locator {
    return this.page.getByRole('button', { name: /^Redo/ })
  }

  async tidy(): Promise<void> {
    await this.page.getByRole('button', { name: 'Tidy up the layout' }).click()
  }

  async view(mode: 'Design' | 'Split' | 'Code'): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'View' }).getByText(mode, { exact: true }).click()
  }

  async saved(): Promise<void> {
    await expect(this.page.getByText(/^draft saved/)).toBeVisible()
  }

  /** Opens the panel and deploys; answers once it is done. */
  async deploy(version: number): Promise<void> {
    await this.page.getByRole('button', { name: `Deploy v${version}` }).click()
    await this.page.getByRole('button', { name: `Deploy version ${version}` }).click()
    await expect(this.page.getByText(new RegExp(`^Version ${version} of .* is deployed`))).toBeVisible()
  }

  /** Opens the panel in which an instance is started. */
  async openRun(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Run', exact: true }).click()
    const panel = this.page.getByRole('dialog', { name: 'Run' })
    await expect(panel).toBeVisible()
    return panel
  }

  /** A field of the form that an input schema has become. */
  input(pointer: string): Locator {
    return this.page.getByTestId(`input:${pointer}`)
  }
}
