import base from './playwright.config.ts';

/** npm run bench, browser half: what a person waits for, measured in the built product. Nothing asserts a time. */
export default {
  ...base,
  testDir: 'bench',
  testMatch: '**/*.browser.ts',
  workers: 1,
  timeout: 600_000,
  reporter: [['line']],
  use: { ...base.use, trace: 'off' as const },
};
