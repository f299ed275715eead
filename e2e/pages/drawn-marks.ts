// Notes and groups on the drawing board.
import { expect, type Locator, type Page } from '@playwright/test'

export interface Place {
  readonly x: number
  readonly y: number
}

export class DrawnMarks {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  note(id: string): Locator {
    return this.page.getByTestId(`note:${id}`)
  }

  group(id: string): Locator {
    return this.page.getByTestId(`group:${id}`)
  }

  /** Where it is on the screen, once it has come to rest there. */
  async placeOf(locator: Locator): Promise<Place> {
    const box = await locator.boundingBox()
    if (box === null) throw new Error(`${locator} is not on the screen`)
    return { x: Math.round(box.x), y: Math.round(box.y) }
  }

  /** From a point inside of it, so that a group is held by its title. The first bit of the way only begins the drag. */
  async drag(locator: Locator, grip: Place, by: Place): Promise<void> {
    const { x, y } = await this.placeOf(locator)
    await this.page.mouse.move(x + grip.x, y + grip.y)
    await this.page.mouse.down()
    await this.page.mouse.move(x + grip.x + by.x / 2, y + grip.y + by.y / 2, { steps: 4 })
    await this.page.mouse.move(x + grip.x + by.x, y + grip.y + by.y, { steps: 4 })
    await this.page.mouse.up()
  }

  async drawRectangle(from: Place, to: Place): Promise<void> {
    await expect(this.page.getByTestId('frame-drawing')).toBeVisible()
    await this.page.mouse.move(from.x, from.y)
    await this.page.mouse.down()
    await this.page.mouse.move(to.x, to.y, { steps: 4 })
    await this.page.mouse.up()
  }

  /** By its title, out of everything that can be done. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k')
    const search = this.page.getByPlaceholder('What do you want to do?')
    await search.fill(title)
    await expect(this.page.getByRole('button', { name: title }).first()).toBeVisible()
    await search.press('Enter')
    await expect(search).toBeHidden()
  }
}
