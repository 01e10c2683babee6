import { describe, expect, it } from 'vitest';
import type { Document, TableFacts } from '#model/types.ts';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { COLUMN_FACTS, columnCell, storedViewCell, TABLE_FACTS, tableCell } from './cells.ts';
import { editFacts, type FactEdit } from './edit.ts';
import { knownFacts } from './facts.ts';

const DDL = `
CREATE TABLE customer (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, active boolean NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer, status text, note varchar(100));
CREATE TABLE log (at timestamptz NOT NULL, text text) PARTITION BY RANGE (at);
CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
`;

const shop = async () => readDdl(await parserForTests(), DDL);
const table = (document: Document, name: string) => {
  const found = Object.values(document.tables).find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const column = (document: Document, of: string, name: string) => {
  const found = table(document, of).columns.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const edit = (document: Document, place: string, fact: FactEdit['fact'], text: string | undefined): FactEdit => {
  const [of = '', name] = place.split('.');
  const id = table(document, of).id;
  return { table: id, fact, text, ...(name === undefined ? {} : { column: column(document, of, name).id }) };
};
const done = (document: Document, ...edits: FactEdit[]) => {
  const { args, refused } = editFacts(document, edits);
  expect(refused).toEqual([]);
  return withCalls(document, [{ name: 'setFacts', args }]);
};
const withTableFacts = (document: Document, name: string, facts: TableFacts) =>
  withCalls(document, [{ name: 'setFacts', args: { tables: [{ id: table(document, name).id, facts }] } }]);

describe('typed facts', () => {
  it('are of the rows of a materialized view, too, which has no columns of its own', async () => {
    const ddl = `${DDL} CREATE MATERIALIZED VIEW recent AS SELECT id FROM orders; CREATE VIEW plain AS SELECT id FROM orders;`;
    const document = readDdl(await parserForTests(), ddl);
    const id = (name: string) => Object.values(document.views).find((one) => one.name === name)?.id ?? '';
    const after = done(
      document,
      { table: id('recent'), fact: 'rows', text: '40k' },
      { table: id('recent'), fact: 'growth', text: '600' },
      { table: id('recent'), fact: 'bytes', text: '1 MB' },
    );
    const { facts } = after.views[id('recent')] ?? {};
    expect(facts).toMatchObject({ rows: 40_000, pages: Math.ceil(1e6 / 8192) });
    expect(TABLE_FACTS.map((fact) => storedViewCell(facts, fact).shown)).toEqual(['40k', '600 /month', '1 MB']);
    expect(storedViewCell(undefined, 'rows')).toMatchObject({
      shown: '',
      declared: false,
      later: expect.stringContaining('query'),
    });
    const back = TABLE_FACTS.map((fact) => ({ table: id('recent'), fact, text: undefined }));
    expect(done(after, ...back)).toEqual(document);
    const wrong = [
      { table: id('plain'), fact: 'rows', text: '5' },
      { table: id('recent'), column: 'x', fact: 'distinct', text: '5' },
    ] as const;
    expect(editFacts(document, wrong).refused.map(({ message }) => message)).toEqual([
      'The table is gone.',
      'This is a fact of columns.',
    ]);
  });

  it('are read as people write them, table by table and column by column', async () => {
    const document = await shop();
    const after = done(
      document,
      edit(document, 'orders', 'rows', '2M'),
      edit(document, 'orders', 'growth', '60k / month'),
      edit(document, 'orders', 'bytes', '300 MB'),
      edit(document, 'orders.status', 'distinct', '4'),
      edit(document, 'orders.status', 'nullFraction', '5 %'),
      edit(document, 'orders.status', 'common', 'paid 60 %; open 30 %'),
      edit(document, 'orders.id', 'distinct', 'unique'),
      edit(document, 'orders.note', 'averageWidth', '40 B'),
      edit(document, 'orders.note', 'min', ' a '),
      edit(document, 'orders.customer_id', 'bounds', '1; 10; 100'),
    );
    const { rows, rowsPerDay = 0, pages } = table(after, 'orders').facts ?? {};
    expect({ rows, pages }).toEqual({ rows: 2_000_000, pages: Math.ceil(3e8 / 8192) });
    expect(rowsPerDay * (365.25 / 12)).toBeCloseTo(60_000, 3);
    expect(column(after, 'orders', 'status').facts).toEqual({
      distinct: 4,
      nullFraction: 0.05,
      common: [
        { value: 'paid', share: 0.6 },
        { value: 'open', share: 0.3 },
      ],
    });
    expect(column(after, 'orders', 'id').facts).toEqual({ distinct: -1 });
    expect(column(after, 'orders', 'note').facts).toEqual({ averageWidth: 40, min: 'a' });
    expect(column(after, 'orders', 'customer_id').facts).toEqual({ bounds: ['1', '10', '100'] });
  });

  it('that cannot be are refused with a reason; the others stand', async () => {
    const document = await shop();
    const edits = [
      edit(document, 'orders', 'rows', '1000'),
      edit(document, 'orders', 'growth', 'fast'),
      edit(document, 'orders.status', 'distinct', '2M'),
      edit(document, 'orders.status', 'nullFraction', '200 %'),
      edit(document, 'orders.status', 'common', 'a 60 %; b 50 %'),
      edit(document, 'orders.status', 'bounds', 'a'),
      edit(document, 'orders.note', 'nullFraction', '20 %'),
      { table: 'gone', fact: 'rows', text: '1' } as const,
      { table: table(document, 'orders').id, column: 'gone', fact: 'distinct', text: '1' } as const,
    ];
    const { args, refused } = editFacts(document, edits);
    expect(refused.map((one) => one.edit)).toEqual([...edits.slice(1, 6), ...edits.slice(7)]);
    expect(refused[1]?.message).toBe('There are 1,000 rows: no more values can differ.');
    expect(refused.every(({ message }) => message.length > 15)).toBe(true);
    const after = withCalls(document, [{ name: 'setFacts', args }]);
    expect(table(after, 'orders').facts).toEqual({ rows: 1000 });
    expect(column(after, 'orders', 'note').facts).toEqual({ nullFraction: 0.2 });
  });

  it('that are taken back leave the guess, and nothing behind', async () => {
    const document = await shop();
    const said = done(document, edit(document, 'orders', 'rows', '5k'), edit(document, 'orders.status', 'distinct', '3'));
    const back = done(said, edit(document, 'orders', 'rows', undefined), edit(document, 'orders.status', 'distinct', ' '));
    expect(back).toEqual(document);
    expect(editFacts(document, [edit(document, 'orders', 'rows', undefined)]).args.tables).toEqual([]);
  });

  it('take measured pages along with the rows, and forget where they came from', async () => {
    const document = withTableFacts(await shop(), 'orders', { rows: 1000, pages: 50, source: 'production' });
    const after = done(document, edit(document, 'orders', 'rows', '4000'));
    expect(table(after, 'orders').facts).toEqual({ rows: 4000, pages: 200 });
    expect(table(done(document, edit(document, 'orders', 'rows', '')), 'orders').facts).toBeUndefined();
  });

  it('of a column that a partition has from its table are that table’s', async () => {
    const document = await shop();
    const at = column(document, 'log', 'at').id;
    const after = done(document, { table: table(document, 'log_1').id, column: at, fact: 'correlation', text: '0.9' });
    expect(column(after, 'log', 'at').facts).toEqual({ correlation: 0.9 });
    const known = knownFacts(after).get(table(after, 'log_1').id);
    expect(known?.columns.find((one) => one.id === at)?.correlation).toBe(0.9);
  });

  it('[law] a guess that is declared as it stands is told and means the same', async () => {
    const document = await shop();
    const before = knownFacts(document);
    const edits: FactEdit[] = [...before.values()]
      .filter(({ id }) => document.tables[id]?.partitionOf === undefined)
      .flatMap((known) => [
        ...TABLE_FACTS.map((fact) => ({ table: known.id, fact, text: tableCell(known, undefined, fact).exact })),
        ...known.columns.flatMap((one) =>
          COLUMN_FACTS.map((fact) => ({ table: known.id, column: one.id, fact, text: columnCell(one, undefined, fact).exact })),
        ),
      ]);
    const after = done(document, ...edits);
    for (const [id, known] of knownFacts(after)) {
      if (document.tables[id]?.partitionOf !== undefined) continue;
      expect(known.rowsGuess).toBeUndefined();
      expect(known.columns.flatMap((one) => Object.keys(one.guesses))).toEqual([]);
      const plain = (one: typeof known) => ({ rows: one.rows, columns: one.columns.map(({ guesses: _, ...facts }) => facts) });
      expect(plain(known)).toEqual(plain(before.get(id) as typeof known));
    }
  });
});

describe('cells', () => {
  it('show a fact in few letters, and say guesses as such', async () => {
    const document = withTableFacts(await shop(), 'orders', { rows: 1_234_567, rowsPerDay: 1000, source: 'production' });
    const known = knownFacts(document);
    const { id, facts } = table(document, 'orders');
    const orders = known.get(id);
    if (orders === undefined) throw new Error(id);
    expect(tableCell(orders, facts, 'rows')).toEqual({ shown: '1.2M', exact: '1234567', declared: true, source: 'production' });
    expect(tableCell(orders, facts, 'growth').shown).toBe('30k /month');
    expect(tableCell(orders, facts, 'bytes')).toMatchObject({
      declared: false,
      guess: 'worked out from its rows and the width of one',
    });
    const cell = (name: string, fact: (typeof COLUMN_FACTS)[number]) => {
      const one = orders.columns.find((other) => other.name === name);
      if (one === undefined) throw new Error(name);
      return columnCell(one, undefined, fact);
    };
    expect(cell('id', 'distinct')).toEqual({ shown: 'unique', exact: 'unique', guess: 'it is a key', declared: false });
    expect(cell('id', 'averageWidth')).toEqual({ shown: '8 bytes', exact: '8', declared: false });
    expect(cell('id', 'max')).toMatchObject({ shown: '1234567', guess: 'counted from 1' });
    expect(cell('status', 'nullFraction')).toMatchObject({ shown: '10 %', guess: 'it may be NULL' });
    expect(cell('status', 'bounds')).toEqual({ shown: '', exact: '', declared: false });
  });
});
