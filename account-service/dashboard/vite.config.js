import { readdirSync } from 'node:fs'
import { defineConfig } from 'vite'

// Every page is a document of its own; what it names is called by its content, so that it can be kept for ever.
const pages = readdirSync('.').filter((file) => file.endsWith('.html'))

export default defineConfig({
  build: {
    outDir: process.env.SITE_FOLDER ?? 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: pages,
      // Marks for servers that render React, which is none here.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
  },
})
