import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { inlineScript } from './scripts/inline-script.mjs';
import { CLUSTER_PATH, ensureCluster } from './scripts/postgres-cluster.mjs';

/**
 * libpg-query's loader is CommonJS and looks for its .wasm beside the running script, where a bundle has none. This makes
 * it a module that is told the address the .wasm was emitted at.
 */
function libpgQuery(): Plugin {
  return {
    name: 'libpg-query-wasm',
    transform(code, id, options) {
      if (options?.ssr === true || !/[/\\]libpg-query[/\\]wasm[/\\]libpg-query\.js(?:\?|$)/.test(id)) return undefined;
      const factory = code.slice(0, code.lastIndexOf('if(typeof exports==='));
      const module = `import wasm from './libpg-query.wasm?url';
${factory}
export default (options) => PgQueryModule({ locateFile: () => wasm, ...options });
`;
      return { code: module, map: null };
    },
  };
}

/** Makes the empty PostgreSQL cluster that the page serves, and tells the code its path. */
function postgresCluster(): Plugin {
  return {
    name: 'postgres-cluster',
    config: () => ({ define: { __POSTGRES_CLUSTER__: JSON.stringify(CLUSTER_PATH) } }),
    buildStart: ensureCluster,
  };
}

/**
 * What every visit loads comes in a few large files instead of more than a hundred small ones: each costs a request, whoever
 * needs one needs all. What only some visits need stays split as it is imported.
 */
const CHUNKS = [
  { name: 'first', tags: ['$initial' as const], priority: 2 },
  {
    name: 'studio',
    test: /src[\\/](?:app[\\/](?:deeds|DeleteDialog)|features[\\/](?:canvas[\\/]Canvas|columns[\\/]ColumnDialogs|inspector[\\/]Inspector|navigator[\\/]Navigator))\.tsx?$/,
    priority: 1,
  },
];

export default defineConfig({
  base: './',
  plugins: [react(), tailwindcss(), libpgQuery(), postgresCluster(), inlineScript()],
  worker: { format: 'es', plugins: () => [libpgQuery(), inlineScript()] },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 4000,
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
  optimizeDeps: { exclude: ['@electric-sql/pglite', 'libpg-query'] },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
});
