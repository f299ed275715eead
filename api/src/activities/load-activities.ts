// Finds the activities in people's own modules, TypeScript or JavaScript, as they are. Of a folder every module in it counts,
// but not those in its subfolders, which are for what the modules share. Whatever is wrong is told with the file's name, before anything starts.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Activity } from '@durable-canvas/interpreter'
import { tsImport } from 'tsx/esm/api'
import { resolveOwnPackages } from './own-packages.ts'

export class ActivityLoadError extends Error {
  override readonly name = 'ActivityLoadError'
}

export async function loadActivities(paths: readonly string[]): Promise<readonly Activity[]> {
  if (paths.length === 0) return []
  resolveOwnPackages()
  const found = new Map<string, { activity: Activity; file: string }>()
  for (const file of await modulesOf(paths)) {
    for (const activity of await activitiesOf(file)) {
      const other = found.get(activity.name)
      if (other)
        throw new ActivityLoadError(`Two activities are named ${activity.name}: in ${other.file} and in ${file}.`)
      found.set(activity.name, { activity, file })
    }
  }
  return [...found.values()].map(({ activity }) => activity)
}

const isModule = (name: string): boolean => /\.[cm]?[jt]s$/.test(name) && !/\.(?:d|test|spec)\.[cm]?[jt]s$/.test(name)

async function modulesOf(paths: readonly string[]): Promise<readonly string[]> {
  const files = new Set<string>()
  for (const path of paths) {
    const kind = await stat(path).catch(() => null)
    if (!kind) throw new ActivityLoadError(`There is no file or folder ${path}, which should hold activities.`)
    if (kind.isFile()) {
      files.add(path)
      continue
    }
    const entries = await readdir(path, { withFileTypes: true })
    const modules = entries
      .filter((entry) => !entry.isDirectory() && isModule(entry.name))
      .map((entry) => join(path, entry.name))
    if (modules.length === 0)
      throw new ActivityLoadError(
        `The folder ${path} holds no module (.ts, .mts, .cts, .js, .mjs, .cjs) with activities.`,
      )
    for (const module of modules.sort()) files.add(module)
  }
  return [...files]
}

async function activitiesOf(file: string): Promise<readonly Activity[]> {
  let exported: unknown
  try {
    exported = await tsImport(pathToFileURL(file).href, { parentURL: import.meta.url })
  } catch (error) {
    throw new ActivityLoadError(`${file} could not be loaded: ${reasonOf(error)}`, { cause: error })
  }
  const activities = [...collect(exported, new Set())]
  if (activities.length === 0)
    throw new ActivityLoadError(`${file} exports no activity. Make one with defineActivity and export it.`)
  return activities
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Exports and arrays of them. The default export of a CommonJS module holds all of its exports once more. */
function* collect(exported: unknown, seen: Set<unknown>): Generator<Activity> {
  if (typeof exported !== 'object' || exported === null || seen.has(exported)) return
  seen.add(exported)
  if (isActivity(exported)) yield exported
  else for (const [name, value] of Object.entries(exported)) if (mayHold(name, value)) yield* collect(value, seen)
}

const mayHold = (name: string, value: unknown): boolean =>
  typeof value === 'object' && value !== null && (name === 'default' || Array.isArray(value) || isActivity(value))

const isActivity = (value: object): value is Activity =>
  'name' in value && typeof value.name === 'string' && 'run' in value && typeof value.run === 'function'
