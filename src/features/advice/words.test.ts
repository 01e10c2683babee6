import { describe, expect, it } from 'vitest';
import { sampleAdvice, sampleDocument } from '../../../test/advice-sample.ts';
import { basisText, completeness, indexNames, listed, queryName, sizeText, timesLess, totalOf, whyNot } from './words.ts';

describe('the words of advice', () => {
  it('says how much less a query costs', () => {
    expect(
      [
        [1000, 1],
        [300_000, 24],
        [100, 50],
        [100, 60],
        [100, 99.9],
        [5, 5],
        [5, 9],
        [5, 0],
      ].map(([from, to]) => timesLess(from ?? 0, to ?? 0)),
    ).toEqual([
      '1,000 times less',
      '13k times less',
      '2 times less',
      '40 % less',
      'hardly less',
      undefined,
      undefined,
      'no cost left',
    ]);
  });

  it('lists names without end', () => {
    expect(
      [[], ['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd', 'e']].map((names) => listed(names)),
    ).toEqual(['', 'a', 'a and b', 'a, b and c', 'a, b, c and 1 other', 'a, b, c and 2 others']);
  });

  it('says why each loser lost, by the names of what stands in its place', async () => {
    const advice = sampleAdvice(await sampleDocument());
    const names = indexNames(advice);
    expect(advice.losers.map((one) => whyNot(one, names))).toEqual([
      'It would help alone, but beside orders_customer_id_placed_at_idx no query uses it. With it an hour would cost 40 more.',
      'Queries would gain 12 an hour; keeping it up to date costs 40.',
      'Queries would gain 5,000 an hour, but for its room orders_placed and customers_lower_idx would have to go. With it an hour would cost 9M more.',
    ]);
    const bare = { instead: [], writeCost: 3 };
    expect((['unused', 'covered', 'room', 'superseded'] as const).map((why) => whyNot({ ...bare, why }, names))).toEqual([
      'No query would be cheaper with it, not even if it were the only one.',
      'Beside the others no query uses it.',
      'Queries would gain 0 an hour, but it does not fit into the budget.',
      'Another index does its work.',
    ]);
    expect(whyNot({ ...bare, why: 'superseded', instead: ['new_1', 'gone'] }, names)).toBe(
      'orders_customer_id_placed_at_idx and gone do its work.',
    );
  });

  it('says how far the answer is the best', async () => {
    const advice = sampleAdvice(await sampleDocument());
    const total = totalOf(advice.advised, 1);
    expect(completeness(advice, 1).label).toBe('Proved best');
    expect(completeness({ ...advice, bound: total * 0.97 }, 1).label).toBe('Complete, within 3 % of the best');
    expect(completeness({ ...advice, bound: total * 0.998 }, 1).label).toBe('Complete, within 0.2 % of the best');
    expect(completeness({ ...advice, complete: false, bound: total * 0.5, reason: 'it was stopped' }, 1)).toEqual({
      tone: 'warn',
      label: 'Not complete: within 50 % of the best',
      title: 'Of what was asked within 50 % of the best. It was stopped.',
    });
    expect(completeness({ ...advice, queries: [] }, 1)).toMatchObject({ tone: 'warn', label: 'No query weighed' });
    // Writes weigh more: what was proved for another weight is not claimed.
    expect(completeness(advice, 1e6).label).not.toBe('Proved best');
  });

  it('names queries by their text where they have no name', async () => {
    const document = await sampleDocument();
    expect(queryName(document, 'qry_1')).toBe('Orders of a customer');
    const nameless = { ...document, queries: { q: { id: 'q', name: ' ', sql: `SELECT\n  ${'x'.repeat(80)}` } } };
    expect(queryName(nameless, 'q')).toBe(`SELECT ${'x'.repeat(52)}…`);
    expect(queryName(document, '__proto__')).toBe('a query that is gone');
  });

  it('tells the two models of costs apart', () => {
    expect(basisText({ kind: 'planner', version: '18.3' }).label).toBe('PostgreSQL 18.3 planner at declared scale');
    expect(basisText({ kind: 'planner', version: '18.3' }).title).not.toContain('before 18');
    expect(basisText({ kind: 'planner', version: '18.3', noSkips: true }).title).toContain('before 18');
    expect(basisText({ kind: 'analytic', why: 'MySQL has no planner here.' }).title).toContain('MySQL has no planner here.');
  });

  it('says sizes with what they grow to', () => {
    expect(sizeText({ bytes: 42e6, bytesInThreeYears: 126e6 })).toBe('42 MB → 126 MB in three years');
    expect(sizeText({ bytes: 900 })).toBe('900 bytes');
  });
});
