// What the build adds for the first visit: the page names the scripts that its small first script asks for, so that they
// come along with it, and each file lies compressed beside itself.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite'

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

const isChunk = (file: Rolldown.OutputAsset | Rolldown.OutputChunk | undefined): file is Rolldown.OutputChunk =>
  file?.type === 'chunk'

/** Names `module`, all that it imports and its styles in the page. */
export function preloads(module: string): Plugin {
  return {
    name: 'preloads',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const entry = Object.values(bundle).find((file) => isChunk(file) && file.moduleIds.includes(module))
        if (!isChunk(entry)) throw new Error(`${module} is not in the bundle`)
        const scripts = new Set<string>()
        const styles = new Set<string>()
        const add = (name: string): void => {
          const chunk = bundle[name]
          if (scripts.has(name) || !isChunk(chunk) || chunk.isEntry) return
          scripts.add(name)
          for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style)
          chunk.imports.forEach(add)
        }
        add(entry.fileName)
        const tag = (attributes: Record<string, string>): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { crossorigin: true, ...attributes },
          injectTo: 'head',
        })
        return [
          ...[...scripts].map((file) => tag({ rel: 'modulepreload', href: `/${file}` })),
          ...[...styles].map((file) => tag({ rel: 'stylesheet', href: `/${file}` })),
        ]
      },
    },
  }
}

const smallestBytes = 1024

/** Beside each script and style sheet, the same as `.br` and `.gz`. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const files = Object.keys(bundle).filter((file) => /\.(js|css|svg)$/.test(file))
      await Promise.all(
        files.map(async (file) => {
          const path = join(dir, file)
          const content = await readFile(path)
          if (content.length < smallestBytes) return
          const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
          await writeFile(`${path}.br`, await compressBrotli(content, { params }))
          await writeFile(`${path}.gz`, await compressGzip(content, { level: 9 }))
        }),
      )
    },
  }
}
