import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/lib.mjs';

const executablePath = findChromium();

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    // Where global setup serves the build; workers are started after it and inherit it.
    ...(process.env['CROWFOOT_URL'] === undefined ? {} : { baseURL: process.env['CROWFOOT_URL'] }),
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    // A trace costs a third of the time; a failure's page, errors and picture are kept without it.
    trace: process.env['CROWFOOT_TRACE'] === undefined ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      // No hand is quicker from one thing to the next; without it tests outrun the frames that people see.
      slowMo: 20,
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-gpu'],
    },
  },
});
