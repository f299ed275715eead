// The compiler copies no JavaScript: the generated validators go to dist as they are.
import { cpSync, readdirSync } from 'node:fs'

for (const name of readdirSync('src').filter((file) => /\.generated\.(js|d\.ts)$/.test(file)))
  cpSync(`src/${name}`, `dist/${name}`)
