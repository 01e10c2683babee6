import { defineConfig } from 'vitest/config';

/** npm run bench: measurements, printed as ratios of one run. Nothing in them asserts a time. */
export default defineConfig({
  test: {
    globalSetup: ['test/engines/setup.ts'],
    include: ['bench/**/*.bench.ts'],
    testTimeout: 600_000,
    pool: 'forks',
    execArgv: ['--import', './test/engines/no-orphan.mjs'],
    maxWorkers: 1,
    disableConsoleIntercept: true,
  },
});
