/** npm run size: what a browser loads as script before the first screen, gzipped, against the budget. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './lib.mjs';

const BUDGET_KB = 250;
const dist = join(ROOT, 'dist');
const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'));

function staticChunks(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key]?.imports ?? []) staticChunks(next, seen);
  return seen;
}

const rows = [...staticChunks('index.html')]
  .map((key) => manifest[key]?.file)
  .filter((file) => file?.endsWith('.js'))
  .map((file) => {
    const bytes = readFileSync(join(dist, file));
    return { file, raw: bytes.length / 1024, gz: gzipSync(bytes, { level: 9 }).length / 1024 };
  });
const total = rows.reduce((sum, row) => sum + row.gz, 0);
for (const row of rows) console.log(`${row.gz.toFixed(1).padStart(8)} kB gz ${row.raw.toFixed(1).padStart(8)} kB  ${row.file}`);
console.log(`${total.toFixed(1).padStart(8)} kB gz of script before the first screen (budget ${BUDGET_KB} kB)`);
if (total > BUDGET_KB) {
  console.error(`Over the budget by ${(total - BUDGET_KB).toFixed(1)} kB: load something lazily.`);
  process.exit(1);
}
