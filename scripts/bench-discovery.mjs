/**
 * npm run bench:discovery [-- --data DIR] [--prototype FILE.mjs]: what discovering dependencies costs; DIR holds tables that
 * are not in the project, FILE exports `discover` and `keys` to compare with, run in the same process.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ROOT } from './lib.mjs';

const NAMES = { '--data': 'DISCOVERY_DATA', '--prototype': 'DISCOVERY_PROTOTYPE' };

const args = process.argv.slice(2);
const env = { ...process.env };
for (let at = 0; at < args.length; at += 2) {
  const name = args[at];
  const path = args[at + 1];
  if (!Object.hasOwn(NAMES, name) || path === undefined || !existsSync(path)) {
    console.error(
      'Usage: npm run bench:discovery [-- --data DIR] [--prototype FILE.mjs], where DIR is a folder with the tables as CSV.',
    );
    process.exit(2);
  }
  env[NAMES[name]] = resolve(path);
}
const run = spawnSync('npx', ['vitest', 'run', '--config', 'vitest.bench.config.ts', 'bench/discovery.bench.ts'], {
  cwd: ROOT,
  env,
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
