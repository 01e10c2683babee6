import { defineConfig } from 'vitest/config';

/** `npm run fidelity`: prints a scoreboard and fails when a schema comes back different. */
export default defineConfig({
  test: {
    include: [process.env['FIDELITY_MOVES'] === '1' ? 'test/move/board.ts' : 'test/fidelity/board.ts'],
    globalSetup: ['test/engines/setup.ts'],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    pool: 'forks',
    execArgv: ['--import', './test/engines/no-orphan.mjs'],
    reporters: [['default', { summary: false }]],
    disableConsoleIntercept: true,
  },
});
