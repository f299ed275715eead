// A definition in a file, and problems with the line and column where they stand.
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type LocatedProblem, locator, type Problem, parseDefinitionText } from '@durable-canvas/schema'
import { UsageError } from './command.ts'

export interface DefinitionFile {
  readonly path: string
  readonly text: string
}

export async function readFiles(
  paths: readonly string[],
  options: { readonly folders: boolean },
): Promise<readonly DefinitionFile[]> {
  const files: DefinitionFile[] = []
  for (const path of paths) {
    for (const file of await filesOf(path, options.folders))
      files.push({ path: file, text: await readFile(file, 'utf8') })
  }
  return files
}

async function filesOf(path: string, folders: boolean): Promise<readonly string[]> {
  const entry = await stat(path).catch(() => null)
  if (!entry) throw new UsageError(`There is no file ${path}.`)
  if (!entry.isDirectory()) return [path]
  if (!folders) throw new UsageError(`${path} is a folder.`)
  const names = (await readdir(path)).filter((name) => name.endsWith('.json')).sort()
  if (names.length === 0) throw new UsageError(`The folder ${path} holds no .json file.`)
  return names.map((name) => join(path, name))
}

export const checkFile = ({ text }: DefinitionFile): readonly LocatedProblem[] => parseDefinitionText(text).problems

/** Puts the server's problems where they stand in the file. */
export function locateProblems({ text }: DefinitionFile, problems: readonly Problem[]): readonly LocatedProblem[] {
  const find = locator(
    text,
    problems.map(({ path }) => path),
  )
  return problems.map((problem) => ({ ...problem, ...(find(problem.path) ?? { line: 1, column: 1, offset: 0 }) }))
}

export const inWords = ({ path }: DefinitionFile, { line, column, severity, code, message }: LocatedProblem): string =>
  `${path}:${line}:${column}: ${severity}: ${message} (${code})`
