import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { MUTANTS } from './normalize-mutants.ts';

interface JsonReport {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly title: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs the suite with a mutant. What ran must have failed by a comparison, not by a crash of the mutant. */
function redTests(mutant: string): { titles: string[]; passed: number } {
  const { stdout } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.mutant.config.ts', '--reporter=json'],
    {
      env: { ...process.env, MUTANT: mutant },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as JsonReport;
  const titles = report.testResults
    .flatMap((file) => file.assertionResults)
    .filter((one) => one.status === 'failed' && one.failureMessages.some((message) => message.startsWith('AssertionError')))
    .map((one) => one.title);
  return { titles, passed: report.numPassedTests };
}

test('given-dependencies-only: parts judged by the given dependencies turn the published mistake and the oracle red', () => {
  const { titles, passed } = redTests('given-dependencies-only');
  expect(titles, MUTANTS['given-dependencies-only'].what).toEqual(
    expect.arrayContaining([
      'n068: a part is judged by every dependency implied inside it, not by the given ones alone',
      'projection: every dependency of a part and none other, by exhaustive closure',
      'BCNF decomposition: lossless, every part BCNF by exhaustive projection, lost dependencies named exactly',
    ]),
  );
  expect(passed).toBeGreaterThan(50);
});

test('missing-keys: stopping at the shortest keys turns the oracle and published exercises red', () => {
  const { titles, passed } = redTests('missing-keys');
  expect(titles, MUTANTS['missing-keys'].what).toEqual(
    expect.arrayContaining([
      'keys, prime attributes and every normal form agree with exhaustive search on 300 random schemas',
      ...['n015', 'n027', 'n079'].map((id) => `'${id}': keys, prime attributes and forms`),
    ]),
  );
  expect(passed).toBeGreaterThan(50);
});
