import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Runs a command with its output shown. Resolves to its exit code. */
export function sh(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: 'inherit',
      shell: process.platform === 'win32',
      ...options,
      env: { ...process.env, ...options.env },
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 0 : 1)));
  });
}

/** Runs a command and ends this program with its code when it fails. */
export async function must(command, args, options = {}) {
  const code = await sh(command, args, options);
  if (code !== 0) {
    console.error(`\n${[command, ...args].join(' ')} failed with exit code ${code}.`);
    process.exit(code);
  }
}

/** Says clearly what is wrong with the Node in use, or nothing. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Crowfoot needs Node 20.19 or newer; this is ${process.versions.node}. Install it from https://nodejs.org and run the command again.`,
  );
  process.exit(1);
}

/** Installs the dependencies when they are missing or older than the lockfile. */
export async function ensureInstalled() {
  checkNode();
  const marker = join(ROOT, 'node_modules', '.package-lock.json');
  const lock = join(ROOT, 'package-lock.json');
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs - 1000) return;
  console.log('Installing dependencies ...');
  const code = await sh('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code === 0) return;
  console.error('\nThe dependencies could not be installed. With a network connection, run: npm ci');
  process.exit(code);
}

const SYSTEM_BROWSERS = [
  // The same engine without the frame of a window, which tests pay for and never see.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Path of a Chromium: CHROMIUM_PATH, an installed one, or the one Playwright downloaded. Undefined when there is none. */
export function findChromium() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted !== undefined && wanted !== '') return existsSync(wanted) ? wanted : undefined;
  const installed = SYSTEM_BROWSERS.find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  try {
    const { chromium } = createRequire(import.meta.url)('@playwright/test');
    const own = chromium.executablePath();
    return existsSync(own) ? own : undefined;
  } catch {
    return undefined;
  }
}

/** A Chromium for the browser tests: found, or downloaded by Playwright; ends with the exact command to run when neither works. */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  console.log('No Chrome or Chromium found: downloading one with Playwright ...');
  await sh('npx', ['playwright', 'install', 'chromium']);
  const downloaded = findChromium();
  if (downloaded !== undefined) return downloaded;
  console.error(
    [
      '',
      'The browser tests need Chrome or Chromium, and none was found or could be downloaded.',
      'Run one of these, then npm test again:',
      '  npx playwright install chromium        (downloads it; needs a network connection)',
      '  sudo apt-get install chromium          (Debian, Ubuntu)',
      '  CHROMIUM_PATH=/path/to/chrome npm test (use one that is installed elsewhere)',
    ].join('\n'),
  );
  process.exit(1);
}
