// The list of instances: its filters, its rows, and what can be done with the selected ones.
import { expect, type Locator, type Page } from '@playwright/test'
import type { Status } from './instance-page.ts'

export class InstancesPage {
  readonly page: Page
  readonly actions: Locator

  constructor(page: Page) {
    this.page = page
    this.actions = page.getByRole('toolbar', { name: 'With the selected instances' })
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`/instances${query}`)
    await expect(this.page.getByRole('heading', { level: 1, name: 'Instances' })).toBeVisible()
  }

  row(instanceId: string): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('link', { name: instanceId, exact: true }) })
  }

  /** Rows of what was purged since the list was loaded. */
  get purged(): Locator {
    return this.page.locator('[role="row"][data-gone="true"]')
  }

  async select(...instanceIds: string[]): Promise<void> {
    for (const id of instanceIds) await this.page.getByRole('checkbox', { name: `Select ${id}`, exact: true }).check()
  }

  async selectAll(): Promise<void> {
    await this.page.getByRole('checkbox', { name: 'Select all that are loaded' }).check()
  }

  /** Presses a chip of the filter in or out. */
  async filterBy(status: Status): Promise<void> {
    await this.page.getByRole('group', { name: 'Status' }).getByRole('button', { name: status }).click()
  }

  /** Does it to all selected that allow it: `operation` with how many they are, "Suspend 2". */
  async operate(operation: string, why: string): Promise<void> {
    await this.actions.getByRole('button', { name: `${operation}…`, exact: true }).click()
    const form = this.page.getByRole('dialog')
    await form.getByRole('textbox', { name: 'Why' }).fill(why)
    await form.getByRole('button', { name: new RegExp(`^${operation} instances?$`) }).click()
    await expect(this.actions).toBeHidden()
  }
}
