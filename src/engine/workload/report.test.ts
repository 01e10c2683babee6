import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document, Id } from '#model/types.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { runs } from '#test/runs.ts';
import { READ_QUERIES } from '#test/workload-queries.ts';
import { SHOP } from '#test/workload-schema.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { analyseQuery } from './analyse.ts';
import { createWorkloadReader } from './report.ts';

const MORE = [
  'SELECT * FROM recent WHERE id = $1',
  'SELECT nothing FROM shipments',
  'SELECT "Big Table".id FROM "Big Table"',
  'SELECT FROM WHERE',
  'DELETE FROM items WHERE order_id = $1',
];

let parser: PgParser;
let shop: Document;

const calls = (texts: readonly string[]): CommandCall[] =>
  texts.map((sql, at) => ({ name: 'addQuery', args: { record: { id: `qry_${at}`, name: `query ${at}`, sql } } }));

beforeAll(async () => {
  parser = await parserForTests();
  const view = 'CREATE VIEW recent AS SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id;';
  const heirs = 'CREATE TABLE archived () INHERITS (orders);';
  shop = withCalls(readDdl(parser, `${SHOP}\n${view}\n${heirs}`), calls([...READ_QUERIES.map(({ sql }) => sql), ...MORE]));
});

/** The answers of somebody who remembers nothing. */
const fresh = (document: Document) =>
  Object.fromEntries(Object.values(document.queries).map((one) => [one.id, analyseQuery(document, one, parser)]));

function edited(document: Document, given: CommandCall): Document {
  const ran = runCommands(document, [given], derivedIds());
  return ran.ok ? ran.value.document : document;
}

function tableOf(document: Document, name: string): Id {
  return Object.values(document.tables).find((one) => one.name === name)?.id ?? '';
}

const FIX_ME = 'SELECT id FROM shipments WHERE id = 1';

/** What a person might do to tables and queries, chosen by numbers. */
function callOf(document: Document, [what, which, how]: readonly [number, number, number]): CommandCall {
  const tables = Object.values(document.tables);
  const table = tables[which % tables.length];
  const column = table?.columns[how % Math.max(1, table.columns.length)];
  const queries = Object.values(document.queries);
  const query = queries[which % queries.length];
  const id = table?.id ?? '';
  const names = ['shipments', 'Big Table', 'orders', 'product'];
  const made: readonly CommandCall[] = [
    { name: 'setTable', args: { id, patch: { name: `${table?.name}_x` } } },
    { name: 'setTable', args: { id, patch: { name: names[how % names.length] ?? '' } } },
    { name: 'removeTables', args: { ids: [id] } },
    { name: 'setColumn', args: { table: id, id: column?.id ?? '', patch: { name: 'renamed' } } },
    { name: 'removeColumns', args: { table: id, ids: [column?.id ?? ''] } },
    { name: 'setTable', args: { id, patch: { rowSecurity: how % 2 === 0 ? 'enabled' : null } } },
    { name: 'setQuery', args: { id: query?.id ?? '', patch: { callsPerHour: how } } },
    { name: 'setQuery', args: { id: query?.id ?? '', patch: { role: how % 2 === 0 ? 'app' : null } } },
    { name: 'setQuery', args: { id: query?.id ?? '', patch: { sql: how % 2 === 0 ? FIX_ME : 'SELECT id FROM orders' } } },
    { name: 'removeQueries', args: { ids: [query?.id ?? ''] } },
    { name: 'removeViews', args: { ids: [Object.keys(document.views)[0] ?? ''] } },
  ];
  return made[what % made.length] as CommandCall;
}

describe('the report on a workload', () => {
  it('is what reading every query anew would tell, whatever was edited', () => {
    const number = fc.nat({ max: 1000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 6 }), (edits) => {
        const read = createWorkloadReader(parser);
        let document = shop;
        read(document);
        for (const edit of edits) {
          document = edited(document, callOf(document, edit));
          expect(read(document)).toEqual(fresh(document));
        }
      }),
      runs(3, 15),
    );
  });

  it('reads a query again only when something it may mean was touched', () => {
    const read = createWorkloadReader(parser);
    const before = read(shop);
    expect(read(shop)).toBe(before);
    expect(read({ ...shop })).toBe(before);
    const calls = edited(shop, { name: 'setQuery', args: { id: 'qry_0', patch: { callsPerHour: 5, name: 'other' } } });
    expect(read(calls)).toBe(before);
    const next = edited(calls, { name: 'setTable', args: { id: tableOf(shop, 'bookings'), patch: { comment: 'rooms' } } });
    const after = read(next);
    const changed = Object.keys(after).filter((id) => after[id] !== before[id]);
    const naming = Object.values(next.queries).filter(({ sql }) => sql.includes('bookings'));
    expect(changed.sort()).toEqual(naming.map(({ id }) => id).sort());
    expect(naming.length).toBeGreaterThan(0);
  });

  it('looks again for a table that was not there, and through views and policies', () => {
    const read = createWorkloadReader(parser);
    const at = (document: Document, sql: string) => {
      const id = Object.values(document.queries).find((one) => one.sql === sql)?.id ?? '';
      return read(document)[id];
    };
    expect(at(shop, MORE[1] ?? '')?.findings.map(({ code }) => code)).toContain('unknown-table');
    const orders = tableOf(shop, 'orders');
    const named = edited(shop, { name: 'setTable', args: { id: orders, patch: { name: 'shipments' } } });
    expect(at(named, MORE[1] ?? '')?.findings.map(({ code }) => code)).toEqual(['unknown-column']);
    // The view names orders, which is gone: what it was made of can no longer be told.
    expect(at(shop, MORE[0] ?? '')?.uses).toHaveLength(2);
    expect(at(named, MORE[0] ?? '')?.uses).toHaveLength(1);
  });
});
