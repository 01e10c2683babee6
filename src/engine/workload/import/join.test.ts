import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { emptyDocument } from '#model/create.ts';
import { queriesInOrder } from '#model/derive/queries.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document } from '#model/types.ts';
import { normalText } from '../normal.ts';
import type { ImportedQuery } from './entry.ts';
import { type JoinOptions, joinWorkload } from './join.ts';

const DATE = '2026-01-31';

function documentOf(...queries: readonly WorkloadQuery[]): Document {
  return { ...emptyDocument(), queries: Object.fromEntries(queries.map((one) => [one.id, one])) };
}

function given(name: string, sql: string, more: Partial<ImportedQuery> = {}): ImportedQuery {
  const { fingerprint } = normalText(sql, 'postgresql');
  return { name, sql, origin: { kind: 'typed', date: DATE }, fingerprint, line: 1, column: 1, ...more };
}

const join = (document: Document, queries: readonly ImportedQuery[], options: Partial<JoinOptions> = {}) =>
  joinWorkload(document, queries, { ids: derivedIds(), ...options });

describe('queries that come into a workload', () => {
  it('stand behind those that are there, under names of their own', () => {
    const document = documentOf({ id: 'q', name: 'select orders', sql: 'SELECT 1 FROM orders', order: 4 });
    const joined = join(document, [
      given('select orders', 'SELECT total FROM orders'),
      given('select orders', 'SELECT id FROM orders'),
    ]);
    expect(joined.map(({ was }) => was)).toEqual([undefined, undefined]);
    const after = documentOf(...Object.values(document.queries), ...joined.map(({ record }) => record));
    expect(queriesInOrder(after).map(({ name, sql }) => [name, sql])).toEqual([
      ['select orders', 'SELECT 1 FROM orders'],
      ['select orders 2', 'SELECT total FROM orders'],
      ['select orders 3', 'SELECT id FROM orders'],
    ]);
    expect(new Set(Object.keys(after.queries)).size).toBe(3);
  });

  it('that are there already keep what people said and take the new figures', () => {
    const mine: WorkloadQuery = {
      id: 'q',
      name: 'mine',
      sql: "select id from orders where status = 'open'",
      callsPerHour: 1,
      latencyMs: 20,
      purpose: 'interactive',
      order: 3,
    };
    const origin = { kind: 'pg_stat_statements', date: DATE, calls: 240, hours: 24 } as const;
    const [one] = join(documentOf(mine), [
      given('select orders', 'SELECT id FROM orders WHERE status = $1', { callsPerHour: 10, origin }),
    ]);
    expect(one?.was).toBe(mine);
    expect(one?.record).toEqual({ ...mine, callsPerHour: 10, origin });
  });

  it('bring values of parameters to one of the same text that has none, and to no other', () => {
    const parameters = [{ name: '$1', values: [{ sql: '5' }] }];
    const sql = 'SELECT id FROM orders WHERE total > $1';
    const coming = given('x', sql, { parameters });
    expect(join(documentOf({ id: 'q', name: 'q', sql }), [coming])[0]?.record.parameters).toEqual(parameters);
    const own = [{ name: '$1', values: [{ sql: '7', share: 1 }] }];
    expect(join(documentOf({ id: 'q', name: 'q', sql, parameters: own }), [coming])[0]?.record.parameters).toBe(own);
    const other = documentOf({ id: 'q', name: 'q', sql: 'SELECT id FROM orders WHERE total > 9' });
    expect(join(other, [coming])[0]?.record.parameters).toBeUndefined();
  });

  it('are called as often an hour as the hours say that a person gave', () => {
    const origin = { kind: 'pg_stat_statements', date: DATE, calls: 240 } as const;
    const coming = [given('counted', 'SELECT 1 FROM a', { origin }), given('typed', 'SELECT 1 FROM b')];
    const rates = (hours?: number) =>
      join(emptyDocument(), coming, hours === undefined ? {} : { hours }).map(({ record }) => [
        record.callsPerHour,
        record.origin?.hours,
      ]);
    expect(rates()).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(rates(12)).toEqual([
      [20, 12],
      [undefined, undefined],
    ]);
  });
});
