/** `npm run fidelity`: every snippet and file through the model and back, judged by PostgreSQL's own catalog. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { TestDatabase } from '#test/pglite.ts';
import { loadPgParser } from '../../src/cli/pg-parser.ts';
import { type Case, files, isSame, type Measured, measure, report, snippets } from './measure.ts';

let db: TestDatabase;
let parser: PgParser;

beforeAll(async () => {
  parser = await loadPgParser();
  db = await TestDatabase.open();
});
afterAll(() => db.close());

async function board(title: string, cases: readonly Case[]): Promise<Measured[]> {
  const results: Measured[] = [];
  for (const one of cases) results.push(await measure(db, parser, one));
  const same = results.filter(isSame).length;
  process.stdout.write(`\n${title}\n${results.map(report).join('\n')}\n${same} of ${results.length} identical\n`);
  return results;
}

it('keeps every snippet', async () => {
  const results = await board('One-feature snippets', await snippets());
  expect(results).toHaveLength(53);
  expect(results.filter((one) => !isSame(one) || one.verbatim.length > 0).map((one) => one.name)).toEqual([]);
}, 300_000);

it('keeps every file', async () => {
  const results = await board('Real schemas', files());
  expect(results).toHaveLength(10);
  expect(results.filter((one) => !isSame(one)).map((one) => one.name)).toEqual([]);
}, 600_000);
