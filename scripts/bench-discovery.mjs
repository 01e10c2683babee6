/** npm run bench:discovery [-- --data DIR]: what discovering dependencies costs; DIR holds tables that are not in the project. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ROOT } from './lib.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--data');
const folder = at < 0 ? undefined : args[at + 1];
if ((at >= 0 && (folder === undefined || !existsSync(folder))) || args.length > (at < 0 ? 0 : 2)) {
  console.error('Usage: npm run bench:discovery [-- --data DIR], where DIR is a folder with the tables as CSV.');
  process.exit(2);
}
const env = { ...process.env, ...(folder === undefined ? {} : { DISCOVERY_DATA: resolve(folder) }) };
const run = spawnSync('npx', ['vitest', 'run', '--config', 'vitest.bench.config.ts', 'bench/discovery.bench.ts'], {
  cwd: ROOT,
  env,
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
