import { defineConfig } from 'vite';

/** The command line program: one file for Node, with the engine in it and the packages beside it. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist-cli',
    target: 'node20',
    minify: false,
    rollupOptions: {
      output: { entryFileNames: 'crowfoot.js', banner: '#!/usr/bin/env node', codeSplitting: false },
    },
  },
});
