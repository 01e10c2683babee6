/**
 * npm run bench:canvas: the canvas measured in the built product, beside a plain React Flow page. It is written in
 * TypeScript (bench/canvas); this loads it. `npm run bench:canvas -- --help` says what can be chosen.
 */
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { ROOT } from './lib.mjs';

const { module } = await runnerImport(join(ROOT, 'bench/canvas/main.ts'), { configFile: false, root: ROOT, logLevel: 'error' });
process.exit(await module.main(process.argv.slice(2)));
