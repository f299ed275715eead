// One instance: its state, the drawn graph coloured live, timeline, history, data, and what can be done with it.
import { expect, type Locator, type Page } from '@playwright/test'

export type Status = 'Pending' | 'Running' | 'Suspended' | 'Completed' | 'Failed' | 'Terminated'

export class InstancePage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(instanceId: string, query = ''): Promise<void> {
    await this.page.goto(`/instances/${encodeURIComponent(instanceId)}${query}`)
    await this.isOpen(instanceId)
  }

  async isOpen(instanceId: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: instanceId })).toBeVisible()
  }

  get status(): Locator {
    return this.page.locator('dl').first().locator('dd').first()
  }

  async hasStatus(status: Status): Promise<void> {
    await expect(this.status).toContainText(status, { timeout: 30_000 })
  }

  /** A step of the graph; `data-state` says how it is. */
  card(path: string): Locator {
    return this.page.getByTestId(`step-card:${path}`)
  }

  async tab(name: 'Timeline' | 'History' | 'Data'): Promise<void> {
    await this.page.getByRole('tab', { name }).click()
  }

  /** The rows of the timeline, each named by its step, state and duration. */
  get timeline(): Locator {
    return this.page.getByRole('tree', { name: /Steps in order/ }).getByRole('treeitem')
  }

  get events(): Locator {
    return this.page.getByRole('list', { name: 'Events, oldest first' }).getByRole('listitem')
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name })
  }

  /** Opens the form of an operation, says why (and who, when it is not known yet), and does it. */
  async operate(operation: string, why: string, who?: string): Promise<void> {
    await this.button(`${operation}…`).click()
    const form = this.page.getByRole('dialog')
    await form.getByRole('textbox', { name: 'Why' }).fill(why)
    if (who !== undefined) await form.getByRole('textbox', { name: 'Who' }).fill(who)
    await form.getByRole('button', { name: new RegExp(`^${operation.split(' ')[0]}`) }).click()
    await expect(form).toBeHidden()
  }

  /** An event of the history, by the words that it is told in. */
  event(words: string | RegExp): Locator {
    return this.events.filter({ hasText: words })
  }
}
