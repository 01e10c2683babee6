/** npm run bench:indexes [-- FILE ...] [--budgets 250,500]: index selection on what-if matrices of the published form. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ROOT } from './lib.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--budgets');
const budgets = at < 0 ? undefined : args[at + 1];
const files = args.filter((_, position) => at < 0 || (position !== at && position !== at + 1));
if ((at >= 0 && !/^\d+(,\d+)*$/.test(budgets ?? '')) || files.some((file) => file.startsWith('--') || !existsSync(file))) {
  console.error(
    'Usage: npm run bench:indexes [-- FILE ...] [--budgets 250,500], where FILE is a what-if matrix (.txt or .txt.gz) and budgets are millions of bytes.',
  );
  process.exit(2);
}
const env = {
  ...process.env,
  ...(files.length === 0 ? {} : { INDEX_MATRICES: files.map((file) => resolve(file)).join('\n') }),
  ...(budgets === undefined ? {} : { INDEX_BUDGETS: budgets }),
};
const run = spawnSync('npx', ['vitest', 'run', '--config', 'vitest.bench.config.ts', 'bench/indexes.bench.ts'], {
  cwd: ROOT,
  env,
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
