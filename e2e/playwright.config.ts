// Each journey runs against a real built server (those that only draw share one), once with SQLite and, where the store
// matters, once with MongoDB.
// Without a MongoDB those are skipped (and said to be), unless REQUIRE_MONGODB asks for them.
import { chromium, defineConfig, devices } from '@playwright/test'
import { browserArguments } from './browser-arguments.mjs'
import { findChromium } from './find-chromium.mjs'
import type { HouseOptions } from './fixtures/house.ts'

const executablePath = findChromium(() => chromium.executablePath())
const updatesScreenshots = process.env.UPDATE_SCREENSHOTS === '1'
const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } }

export default defineConfig<HouseOptions>({
  testDir: 'journeys',
  outputDir: 'test-results',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: 2,
  retries: process.env.CI === undefined ? 0 : 2,
  forbidOnly: process.env.CI !== undefined,
  reporter: 'list',
  use: {
    ...desktop,
    actionTimeout: 20_000,
    contextOptions: { reducedMotion: 'reduce' },
    // A trace of every journey costs a quarter of the whole time; what fails is traced when it is tried again.
    trace: process.env.CI === undefined ? 'off' : 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...browserArguments],
    },
  },
  projects: updatesScreenshots
    ? [{ name: 'screenshots', testMatch: 'screenshots.spec.ts', use: { storeKind: 'sqlite' } }]
    : [
        { name: 'sqlite', testIgnore: 'screenshots.spec.ts', use: { storeKind: 'sqlite' } },
        // What the screens do, and what the door refuses, is the same on every store: one walk is enough.
        {
          name: 'mongodb',
          testIgnore: ['screenshots.spec.ts', 'designer/**', 'bad-input.spec.ts', 'watch-an-instance.spec.ts'],
          use: { storeKind: 'mongodb' },
        },
      ],
})
