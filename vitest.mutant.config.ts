import { defineConfig } from 'vitest/config';
import { isMutantName, MUTANTS } from './test/normalize-mutants.ts';

/** The tests of normal forms with one mistake planted in memory: `MUTANT=missing-keys npx vitest run --config vitest.mutant.config.ts`. */
const name = process.env['MUTANT'] ?? '';
if (!isMutantName(name)) throw new Error(`MUTANT is one of ${Object.keys(MUTANTS).join(', ')}.`);
const { file, find, put } = MUTANTS[name];

export default defineConfig({
  plugins: [
    {
      name: 'plant-mutant',
      enforce: 'pre',
      transform(code, id) {
        if (!id.endsWith(`/${file}`)) return undefined;
        if (code.split(find).length !== 2)
          throw new Error(`The text to change is not once in ${file}: follow the change in test/normalize-mutants.ts.`);
        return code.replace(find, () => put);
      },
    },
  ],
  test: {
    include: ['src/engine/normalize/{algebra,cases}.test.ts'],
    testTimeout: 180_000,
    pool: 'forks',
    execArgv: ['--import', './test/engines/no-orphan.mjs'],
    maxWorkers: 1,
  },
});
