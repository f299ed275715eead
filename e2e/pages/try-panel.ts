// Where the draft is tried: the simulated run in the drawer, its answers, its tests, and what it gave.
import { expect, type Locator, type Page } from '@playwright/test'

export type TryTab = 'Input' | 'Timeline' | 'History' | 'Data' | 'Answers' | 'Tests'

export class TryPanel {
  readonly page: Page
  readonly drawer: Locator
  readonly toolbar: Locator

  constructor(page: Page) {
    this.page = page
    this.drawer = page.getByRole('region', { name: 'Drawer' })
    this.toolbar = this.drawer.getByRole('toolbar', { name: 'Simulated run' })
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Try', exact: true }).click()
    await expect(this.toolbar).toBeVisible()
  }

  button(name: 'Try it' | 'Try again' | 'Continue' | 'Pause' | 'Step' | 'Start anew'): Locator {
    return this.toolbar.getByRole('button', { name })
  }

  async speed(name: 'Instant' | '×100' | '×10' | '×1'): Promise<void> {
    await this.toolbar
      .getByRole('radiogroup', { name: 'Speed of the virtual clock' })
      .getByText(name, { exact: true })
      .click()
  }

  async tab(name: TryTab): Promise<void> {
    await this.drawer.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
  }

  /** The tabs of the drawer itself. */
  async drawerTab(name: 'Problems' | 'Try' | 'Output'): Promise<void> {
    await this.drawer.getByRole('tablist', { name: 'Drawer' }).getByRole('tab', { name }).click()
  }

  /** Where the run stands, in words. */
  says(words: string | RegExp): Locator {
    return this.drawer.getByRole('status').filter({ hasText: words })
  }

  get failure(): Locator {
    return this.drawer.getByRole('alert', { name: 'Failure' })
  }

  answers(step: string): Locator {
    return this.drawer
      .getByRole('list', { name: 'Steps and their answers' })
      .getByRole('button', { name: step, pressed: undefined })
  }

  async chooseAnswers(title: string): Promise<void> {
    await this.tab('Answers')
    await this.answerRow(title).getByRole('button').last().click()
  }

  /** The step's line in the list of answers. */
  answerRow(title: string): Locator {
    return this.drawer
      .getByRole('list', { name: 'Steps and their answers' })
      .getByRole('listitem')
      .filter({ has: this.page.getByText(title, { exact: true }) })
  }

  async answerWith(kind: 'Result' | 'Error' | 'No answer'): Promise<void> {
    await this.drawer.getByRole('radiogroup', { name: 'Kind of answer' }).getByText(kind, { exact: true }).click()
  }

  async typeResult(json: string): Promise<void> {
    await this.drawer.getByTestId('mock-result').fill(json)
  }

  async typeError(type: string, message: string): Promise<void> {
    await this.drawer.getByRole('combobox', { name: 'Type' }).fill(type)
    await this.drawer.getByRole('textbox', { name: 'Message' }).fill(message)
  }

  async typeDelay(text: string): Promise<void> {
    await this.drawer.getByRole('textbox', { name: 'after' }).fill(text)
  }

  async anotherAnswer(): Promise<void> {
    await this.drawer.getByRole('button', { name: 'Another answer to the next call' }).click()
  }

  /** Opens the form, fills it and raises. */
  async raise(name: string, json: string): Promise<void> {
    await this.drawer.getByRole('button', { name: /^Raise / }).click()
    const form = this.page.locator('form').filter({ has: this.page.getByLabel('Event') })
    await form.getByRole('combobox', { name: 'Event' }).fill(name)
    await form.getByRole('textbox', { name: 'Data' }).fill(json)
    await form.getByRole('button', { name: `Raise ${name}` }).click()
  }

  async saveAsTest(name: string): Promise<void> {
    await this.drawer.getByRole('button', { name: 'Save as test…' }).click()
    await this.page.getByLabel('Name of the test').fill(name)
    await this.page.getByRole('button', { name: /^Save (the test|over)/ }).click()
  }

  get tests(): Locator {
    return this.drawer.getByRole('list', { name: 'Tests' }).getByRole('listitem')
  }

  get timeline(): Locator {
    return this.drawer.getByRole('tree', { name: /Steps in order/ }).getByRole('treeitem')
  }

  /** A part of the Output tab. */
  output(part: 'Result' | 'Failure' | 'Custom status' | 'On the way'): Locator {
    return this.drawer.getByRole('region', { name: part })
  }
}
