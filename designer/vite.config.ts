import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed, preloads } from './build-plugins.ts'

// Workspaces are read from their TypeScript source; naming the conditions replaces Vite's own, so those are repeated.
const conditions = ['@durable-canvas/source', 'module', 'browser', 'development|production']

const main = fileURLToPath(new URL('src/main.tsx', import.meta.url))

export default defineConfig({
  plugins: [react(), preloads(main), compressed()],
  resolve: { conditions },
  server: { proxy: { '/api': { target: process.env.API_URL ?? 'http://127.0.0.1:8080', changeOrigin: true } } },
  build: {
    target: 'es2023',
    sourcemap: true,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // What pages share of the controls would else come as dozens of small files, each asked for by itself.
        codeSplitting: {
          groups: [{ name: 'controls', test: /node_modules\/(@mantine|@floating-ui|@tabler|react|react-dom)\// }],
        },
      },
    },
  },
})
