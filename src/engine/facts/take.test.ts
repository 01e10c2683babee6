import { describe, expect, it } from 'vitest';
import type { ColumnFacts } from '#model/column-types.ts';
import type { Document, TableFacts } from '#model/types.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { readProductionFacts } from './production/read.ts';
import { factChanges, type GivenFacts, takeArgs } from './take.ts';

const DDL = `
CREATE TABLE customer (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer, state text);
CREATE TABLE log (at timestamptz NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
`;
const shop = async () => readDdl(await parserForTests(), DDL);

function given(
  document: Document,
  facts: Readonly<Record<string, { table?: TableFacts; columns?: Readonly<Record<string, ColumnFacts>> }>>,
): GivenFacts {
  const tables = new Map<string, TableFacts>();
  const columns = new Map<string, Map<string, ColumnFacts>>();
  for (const table of Object.values(document.tables)) {
    const own = facts[table.name];
    if (own?.table !== undefined) tables.set(table.id, own.table);
    const all = [...table.columns, ...Object.values(document.tables).flatMap((one) => one.columns)];
    const found = Object.entries(own?.columns ?? {}).map(
      ([name, one]) => [all.find((column) => column.name === name)?.id ?? '?', one] as const,
    );
    columns.set(table.id, new Map(found));
  }
  return { tables, columns };
}
const names = (document: Document, changes: ReturnType<typeof factChanges>) =>
  changes.flatMap((one) =>
    one.changes.map(
      ({ column, fact, before, after }) =>
        `${[document.tables[one.id]?.name, column?.name].filter(Boolean).join('.')} ${fact} ${before.shown} → ${after.shown}`,
    ),
  );

describe('taking facts over', () => {
  it('shows what would be another, and does that as one step', async () => {
    const document = await shop();
    const facts = given(document, {
      orders: { table: { rows: 9000, pages: 100 }, columns: { state: { distinct: 4, nullFraction: 0.1 } } },
      customer: { table: { rows: 300 } },
    });
    const changes = factChanges(document, facts, 'production');
    expect(names(document, changes)).toEqual([
      'customer rows 100 → 300',
      'orders rows 500 → 9,000',
      'orders bytes 49 kB → 819 kB',
      'orders.state distinct 6 → 4',
      'orders.state nullFraction 10 % → 10 %',
    ]);
    const all = withCalls(document, [{ name: 'setFacts', args: takeArgs(changes, () => true) }]);
    expect(Object.values(all.tables).map((one) => one.facts)).toContainEqual({ rows: 9000, pages: 100, source: 'production' });
    expect(factChanges(all, facts, 'again')).toEqual([]);
    const some = takeArgs(changes, (id) => document.tables[id]?.name === 'customer');
    expect(some.tables).toHaveLength(1);
  });

  it('keeps what is not given, and pages that belong to other rows not', async () => {
    const document = await shop();
    const first = withCalls(document, [
      {
        name: 'setFacts',
        args: takeArgs(
          factChanges(
            document,
            given(document, {
              orders: { table: { rows: 9000, pages: 100, rowsPerDay: 5 }, columns: { state: { averageWidth: 9 } } },
            }),
            'a',
          ),
          () => true,
        ),
      },
    ]);
    const second = factChanges(first, given(first, { orders: { table: { rows: 10 }, columns: { state: { distinct: 2 } } } }), 'b');
    expect(second[0]?.set.facts).toEqual({ rows: 10, rowsPerDay: 5, source: 'b' });
    expect(second[0]?.set.columns?.[0]?.facts).toEqual({ averageWidth: 9, distinct: 2, source: 'b' });
  });

  it('takes what a server says of the rows of a materialized view', async () => {
    const ddl = `${DDL} CREATE MATERIALIZED VIEW recent AS SELECT id FROM orders; CREATE VIEW plain AS SELECT id FROM orders;`;
    const document = readDdl(await parserForTests(), ddl);
    const relation = (name: string) => ({ schema: 'public', name, kind: 'm', pages: 10, rows: 500, visible: 0, table: null });
    const column = { schema: 'public', table: 'recent', name: 'id', nulls: 0, width: 8, distinct: -1 };
    const source = JSON.stringify({ version: 170000, relations: [relation('recent'), relation('plain')], columns: [column] });
    const read = readProductionFacts(document, source);
    if (!read.ok) throw new Error(read.problem.message);
    expect(read.value.unknown).toEqual(['public.plain']);
    const changes = factChanges(document, read.value, 'production');
    expect(changes.map((one) => one.changes.map(({ fact, before, after }) => [fact, before.shown, after.shown]))).toEqual([
      [
        ['rows', '', '500'],
        ['bytes', '', '82 kB'],
      ],
    ]);
    const after = withCalls(document, [{ name: 'setFacts', args: takeArgs(changes, () => true) }]);
    const recent = Object.values(after.views).find(({ name }) => name === 'recent');
    expect(recent?.facts).toEqual({ rows: 500, pages: 10, source: 'production' });
    expect(factChanges(after, read.value, 'production')).toEqual([]);
  });

  it('leaves out what cannot be, and columns that are another table’s', async () => {
    const document = await shop();
    const changes = factChanges(
      document,
      given(document, {
        orders: { table: { rows: -5 }, columns: { state: { distinct: 0 }, id: { distinct: -1 } } },
        log_1: { columns: { at: { correlation: 1 } } },
      }),
      'x',
    );
    expect(names(document, changes)).toEqual(['orders.id distinct unique → unique']);
    expect(changes[0]?.leftOut).toHaveLength(2);
  });
});
