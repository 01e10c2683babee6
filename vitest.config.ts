import { defineConfig } from 'vitest/config';
import { inlineScript } from './scripts/inline-script.mjs';

export default defineConfig({
  plugins: [inlineScript()],
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts'],
    globalSetup: ['test/engines/setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    pool: 'forks',
    execArgv: ['--import', './test/engines/no-orphan.mjs'],
    maxWorkers: 2,
  },
});
