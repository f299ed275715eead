import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed, preloads } from './build-plugins.ts'

// Workspaces are read from their TypeScript source; naming the conditions replaces Vite's own, so those are repeated.
const conditions = ['@durable-canvas/source', 'module', 'browser', 'development|production']

export default defineConfig({
  plugins: [react(), preloads('/src/main.tsx'), compressed()],
  resolve: { conditions },
  server: { proxy: { '/api': { target: process.env.API_URL ?? 'http://127.0.0.1:8080', changeOrigin: true } } },
  build: {
    target: 'es2023',
    sourcemap: true,
    chunkSizeWarningLimit: 700,
  },
})
