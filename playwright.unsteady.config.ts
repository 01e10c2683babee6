import base from './playwright.config.ts';

/**
 * `npm run test:unsteady`: the browser tests on a page that is slow and late at random (`e2e/unsteady.ts`), from a seed that
 * is printed; `UNSTEADY_SEED=123` repeats it, a path picks files.
 */
process.env['UNSTEADY_SEED'] ??= String(Date.now() % 2_147_483_647);
if (process.env['TEST_WORKER_INDEX'] === undefined) console.log(`UNSTEADY_SEED=${process.env['UNSTEADY_SEED']}`);

export default { ...base, timeout: 600_000, expect: { timeout: 60_000 } };
