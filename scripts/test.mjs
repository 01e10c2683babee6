/** npm test: everything a change must pass, on a fresh machine too. */
import { ensureChromium, ensureInstalled, must } from './lib.mjs';

const steps = [
  ['Types', 'npx', ['tsc', '-b']],
  ['Lint and layers', 'npx', ['biome', 'check', '.', '--diagnostic-level=error']],
  ['Gates', 'node', ['scripts/gates.mjs']],
  ['Unused code', 'npx', ['knip', '--no-progress']],
  ['Licences', 'node', ['scripts/licences.mjs', '--check']],
  ['Unit and property tests', 'npx', ['vitest', 'run']],
  ['Build', 'npx', ['vite', 'build', '--logLevel', 'warn']],
  ['First-load size', 'node', ['scripts/size.mjs']],
  ['Browser tests', 'npx', ['playwright', 'test']],
];

await ensureInstalled();
const chromium = await ensureChromium();
const began = Date.now();
for (const [name, command, args] of steps) {
  const start = Date.now();
  console.log(`\n== ${name}`);
  await must(command, args, { env: { CHROMIUM_PATH: chromium } });
  console.log(`== ${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}
console.log(`\nAll ${steps.length} steps passed in ${((Date.now() - began) / 1000).toFixed(0)} s.`);
