// Finds a Chromium to test with, the ordinary ways first: the one that the caller names, one on this system, the one that
// Playwright has installed. Plain JavaScript, since the test runner asks it before anything is compiled.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']

/** @returns {string[]} */
function usualPlaces() {
  if (process.platform === 'darwin') {
    const apps = ['/Applications', join(process.env.HOME ?? '/', 'Applications')]
    return apps.flatMap((folder) => [
      `${folder}/Google Chrome.app/Contents/MacOS/Google Chrome`,
      `${folder}/Chromium.app/Contents/MacOS/Chromium`,
      `${folder}/Microsoft Edge.app/Contents/MacOS/Microsoft Edge`,
    ])
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? [])
    return roots.flatMap((root) => [
      join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(root, 'Chromium', 'Application', 'chrome.exe'),
      join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ])
  }
  return ['/snap/bin/chromium', '/opt/google/chrome/chrome', '/usr/lib/chromium/chromium']
}

/** @returns {string[]} */
function onThePath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const endings = process.platform === 'win32' ? ['.exe'] : ['']
  return names.flatMap((name) => folders.flatMap((folder) => endings.map((ending) => join(folder, `${name}${ending}`))))
}

/**
 * The executable of a Chromium; undefined if there is none. A CHROMIUM_PATH that leads nowhere is an error: whoever
 * sets it wants that one.
 * @param {() => string} [ownOfPlaywright] where Playwright would keep its own
 * @returns {string | undefined}
 */
export function findChromium(ownOfPlaywright) {
  const named = process.env.CHROMIUM_PATH
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named
    throw new Error(`CHROMIUM_PATH is ${named}, but there is no such file`)
  }
  const own = ownOfPlaywright === undefined ? [] : [ownOfPlaywright()].filter((path) => path !== '')
  return [...onThePath(), ...usualPlaces(), ...own].find((path) => existsSync(path))
}
