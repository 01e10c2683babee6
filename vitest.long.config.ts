import { defineConfig } from 'vitest/config';

/**
 * `npm run test:long`: the property tests with many more runs, from a seed that is printed. `LONG_SEED=123` repeats a run,
 * `LONG_FACTOR=0.1` makes it shorter; a path after `--` picks files.
 */
const seed = process.env['LONG_SEED'] ?? String(Date.now() % 2_147_483_647);
const factor = process.env['LONG_FACTOR'] ?? '1';
Object.assign(process.env, { LONG_SEED: seed, LONG_FACTOR: factor });

export default defineConfig({
  test: {
    include: [
      'src/lib/grid.test.ts',
      'src/model/{format/format,commands/laws,replace,clipboard,derive/{place,level,looks}}.test.ts',
      'src/storage/share.test.ts',
      'src/worker/layout/pieces.test.ts',
      'src/engine/sql/{split,plsql,read,plan-import,round-trip}.test.ts',
      'src/engine/normalize/{algebra,laws,plans,mixed,explain}.test.ts',
      'src/engine/discover/{fds/fds,dependencies,approximate,inclusion,read/read,profile/profile}.test.ts',
      'src/engine/workload/{random,import/read}.test.ts',
      'src/engine/indexes/{select/{select,explore},redundancy/{implication,redundancy},cost/query}.test.ts',
      'src/engine/documents/markdown.test.ts',
      'src/engine/rules/check.test.ts',
      'src/engine/dialects/mysql/decomposition/rows.test.ts',
      'src/verify/decomposition.test.ts',
      'src/engine/dialects/mssql/{split.test,write/honesty.test}.ts',
      'src/engine/dialects/oracle/quote.test.ts',
      'test/move/random-moves.test.ts',
      'test/fidelity/{mssql,oracle}.test.ts',
      'src/state/document.test.ts',
      'src/features/sql/logic/segments.test.ts',
      'src/{paint/route,worker/delta,worker/layout/layout}.test.ts',
      'test/{random-models,random-renames,robustness,typed-edits,edits/{typed,renames,offers}}.test.ts',
    ],
    globalSetup: ['test/long-setup.ts', 'test/engines/setup.ts'],
    env: { LONG_SEED: seed, LONG_FACTOR: factor },
    testTimeout: 1_200_000,
    hookTimeout: 300_000,
    pool: 'forks',
    execArgv: ['--import', './test/engines/no-orphan.mjs'],
    maxWorkers: 2,
    reporters: [['default', { summary: false }]],
  },
});
