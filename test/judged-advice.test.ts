import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyticModel } from '#engine/indexes/analytic/model.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { Document } from '#model/types.ts';
import { type PlannerModel, plannerModel } from '#verify/planner/cost-model.ts';
import { casesDocument, type Judged, judgedCases } from './judged-advice.ts';
import { dataDir } from './pglite.ts';
import { parserForTests } from './read-ddl.ts';

/**
 * What other index advisors' own tests expect, beside our whole advice for the same schema, query and numbers of values: it
 * covers the expected columns in their order, or the planner says that it costs no more.
 */

/** Cases in which we say something else, with the reason. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'dexter-0001': 'the table is excluded by a setting; the query itself is that of dexter-0002',
};

function print(judged: readonly Judged[], who: string): void {
  const lines = judged.map(({ one, ours, wanted, cost, theirs, verdict }) => {
    const costs = theirs === undefined ? cost.toFixed(1) : `${cost.toFixed(1)} against ${theirs.toFixed(1)}`;
    return `${one.id.padEnd(19)} ${verdict.padEnd(7)} expected ${wanted ?? 'nothing'}; ours ${ours.join('; ') || 'nothing'} (${costs})`;
  });
  const count = (...verdicts: Judged['verdict'][]) => judged.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const asking = judged.filter(({ wanted }) => wanted !== undefined).length;
  lines.push(
    `by ${who}: ${count('covers')} of ${asking} covered in their order, ${count('beats')} at no more cost otherwise, ${count('loses')} dearer; nothing expected and nothing advised: ${count('silent')} of ${judged.length - asking}`,
    ...Object.entries(OTHERWISE).map(([id, why]) => `${id} differs: ${why}`),
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}

describe('advice on the cases of dexter, pghero and index_advisor', () => {
  let parser: PgParser;
  let document: Document;
  let planner: PlannerModel;
  beforeAll(async () => {
    parser = await parserForTests();
    document = casesDocument(parser);
    const opened = await plannerModel(document, { dataDirectory: await dataDir() });
    if (!opened.ok) throw new Error(opened.problem.message);
    planner = opened.value;
  });
  afterAll(() => planner?.close());

  const differs = (judged: readonly Judged[]) =>
    judged
      .filter(({ verdict, one }) => (verdict === 'loses' || verdict === 'speaks') && !Object.hasOwn(OTHERWISE, one.id))
      .map(({ one }) => one.id);

  it('by the planner: covers what they expect or costs no more, case by case', { timeout: 300_000 }, async () => {
    const judged = await judgedCases(document, parser, planner);
    print(judged, `PostgreSQL ${planner.planner.version}`);
    expect(judged).toHaveLength(30);
    expect(judged.filter(({ verdict }) => verdict === 'covers').length).toBeGreaterThanOrEqual(14);
    expect(differs(judged)).toEqual([]);
  });

  it('by formulas: likewise', async () => {
    const judged = await judgedCases(document, parser, analyticModel(document, 'compared'));
    print(judged, 'formulas');
    expect(differs(judged)).toEqual([]);
  });
});
