/** npm start: installs what is missing, builds when sources are newer than the build, serves it and prints the URL. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, must, ROOT } from './lib.mjs';
import { serve } from './serve.mjs';

function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

function buildIsCurrent() {
  const built = join(ROOT, 'dist', 'index.html');
  if (!existsSync(built)) return false;
  const sources = ['src', 'public', 'index.html', 'package-lock.json', 'vite.config.ts'].map((name) => newest(join(ROOT, name)));
  return Math.max(...sources) < statSync(built).mtimeMs;
}

await ensureInstalled();
if (!buildIsCurrent()) {
  console.log('Building Crowfoot ...');
  await must('npx', ['vite', 'build', '--logLevel', 'warn']);
}
const { url } = await serve(join(ROOT, 'dist'), { port: Number(process.env.PORT ?? 4173) });
console.log(`\n  Crowfoot is running at ${url}\n  Press Ctrl+C to stop.\n`);
