import { beforeAll, describe, expect, it } from 'vitest';
import { sampleAdvice, sampleDocument } from '#test/advice-sample.ts';
import type { IndexAdvice, LostIndex } from './advice.ts';
import { proofSets } from './proof.ts';

let advice: IndexAdvice;
beforeAll(async () => {
  advice = sampleAdvice(await sampleDocument());
});

function withLosers(losers: readonly LostIndex[]): IndexAdvice {
  return { ...advice, losers };
}

const [query] = ['qry_1'];

function loser(id: string, more: Partial<LostIndex> = {}): LostIndex {
  const [first] = advice.indexes;
  if (first === undefined) throw new Error('the sample has no index');
  const { verdict: _, worth: __, gains: ___, ...card } = first;
  const reasons = [{ query, shape: 'equality' as const, why: 'finds rows' }];
  return { ...card, id, sql: `CREATE INDEX ${id} ON orders (id)`, reasons, why: 'covered', instead: [], gain: 0, ...more };
}

describe('the sets of a proof', () => {
  it('are those there are, and those advised', () => {
    const [now, advised] = proofSets(advice);
    expect(now).toEqual({ id: 'now', kind: 'now', make: [], drop: [] });
    expect(advised?.make.map((one) => one.id)).toEqual(advice.indexes.filter((one) => one.verdict === 'make').map((one) => one.id));
    expect(advised?.drop).toEqual(['public.orders_state']);
    expect(advised?.queries).toBeUndefined();
  });

  it('have the closest loser in place of what the query uses of its table, and nothing that it does not use', () => {
    const sets = proofSets(withLosers([loser('first'), loser('second')]));
    const [set, ...others] = sets.slice(2);
    expect(others).toEqual([]);
    expect(set).toMatchObject({ kind: 'loser', loser: 'first', queries: ['qry_1'] });
    const used = advice.queries.find((one) => one.query === query)?.uses ?? [];
    expect(used.length).toBeGreaterThan(0);
    expect(set?.make.map((one) => one.id)).toEqual(['first']);
    expect(set?.drop).toContain('public.orders_state');
  });

  it('have no losers that no query could use, nor those thought of for others', () => {
    expect(proofSets(withLosers([loser('unused', { why: 'unused' })]))).toHaveLength(2);
    const other = loser('other', { reasons: [{ query: 'qry_gone', shape: 'equality', why: 'finds rows' }] });
    expect(proofSets(withLosers([other]))).toHaveLength(2);
  });

  it('are shared by queries that would run with the same', () => {
    const [verdict] = advice.queries;
    if (verdict === undefined) throw new Error('the sample has no queries');
    const twice = {
      ...withLosers([
        loser('one', { reasons: [query, 'twin'].map((of) => ({ query: of as string, shape: 'equality' as const, why: '' })) }),
      ]),
    };
    const sets = proofSets({ ...twice, queries: [verdict, { ...verdict, query: 'twin' }] });
    expect(sets.slice(2)).toHaveLength(1);
    expect(sets[2]?.queries).toEqual(['qry_1', 'twin']);
  });
});
