import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import site from './vite.config.js'

// The operators' console is a bundle of its own, at an address of its own: customers do not load it, and behind a door of their
// own operators find nothing else.
export default defineConfig({
  root: 'console',
  base: '/operator/',
  build: {
    ...site.build,
    outDir: resolve(process.env.SITE_FOLDER ?? 'dist', 'operator'),
    rollupOptions: { ...site.build.rollupOptions, input: resolve('console/operator.html') },
  },
})
