import { defineConfig } from 'vitest/config';

/** A run for `../keeper.test.ts`, which ends it from outside while its engines run. */
export default defineConfig({
  test: {
    include: ['test/engines/abandoned/run.ts'],
    globalSetup: ['test/engines/setup.ts'],
    testTimeout: 120_000,
    pool: 'forks',
    execArgv: ['--import', './test/engines/no-orphan.mjs'],
    disableConsoleIntercept: true,
  },
});
