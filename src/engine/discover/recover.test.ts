import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../budget.ts';
import { believe } from './believe.ts';
import { explore } from './explore.ts';
import { recoverTables } from './recover.ts';
import { type Relation, relationOf, valueAt } from './relation.ts';

const OPTIONS = { name: 'flat', dialect: 'postgresql' as const };

type Row = Readonly<Record<number, string>>;

function rowsOf(relation: Relation, columns: readonly number[]): Row[] {
  const rows = Array.from({ length: relation.rows }, (_, row) =>
    Object.fromEntries(columns.map((column) => [column, JSON.stringify(valueAt(relation.columns[column] as never, row) ?? null)])),
  );
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

/** The natural join of tables, NULL equal to NULL, one pair of rows after the other. */
function join(tables: readonly (readonly Row[])[]): readonly Row[] {
  return tables.reduce((left, right) =>
    left.flatMap((one) =>
      right.flatMap((other) => {
        const fits = Object.entries(other).every(([column, value]) => (one[Number(column)] ?? value) === value);
        return fits ? [{ ...one, ...other }] : [];
      }),
    ),
  );
}

const told = (rows: readonly Row[]) =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => Number(a) - Number(b)))).sort();

/** Lines of orders, flat, with the address at the time beside the customer's. */
const NAMES = ['line', 'order_id', 'day', 'sent_to', 'customer_id', 'customer_name', 'city', 'product_id', 'product', 'colour'];
const FLAT = relationOf(
  NAMES,
  [...Array(240).keys()].map((line) => {
    const order = Math.floor(line / 3);
    const customer = (order * 7) % 11;
    const product = (line * 13) % 17;
    const city = `City ${(customer * 5) % 9}`;
    const colour = ['red', 'blue'][product % 2] as string;
    return [
      String(line),
      String(500 + order),
      `2024-01-${10 + (order % 20)}`,
      city,
      String(customer),
      `N${customer}`,
      city,
      String(product),
      `P ${product}`,
      colour,
    ];
  }),
);
const SEEN = explore(FLAT, OPTIONS, UNLIMITED);
const named = (columns: readonly number[]) => columns.map((column) => NAMES[column] as string);

describe('what is believed', () => {
  const believed = believe(FLAT, SEEN);
  const rightOf = (name: string) => named(believed.dependencies.find(({ left }) => named(left).join() === name)?.right ?? []);

  it('is one left side for each thing: the number, not the name that is told once does', () => {
    expect(rightOf('customer_id')).toEqual(['customer_name', 'city']);
    expect(rightOf('customer_name')).toEqual([]);
    expect(rightOf('product_id')).toEqual(['product', 'colour']);
  });

  it('leaves a column that repeats another with its neighbours', () => {
    expect(rightOf('order_id')).toContain('sent_to');
    expect(rightOf('customer_id')).not.toContain('sent_to');
  });

  it('has evidence and enough score, or is not there', () => {
    for (const { evidence, score } of believed.dependencies) expect([evidence, score >= 0.58]).toEqual([true, true]);
    expect(believe(FLAT, SEEN, { minScore: 1 }).dependencies).toEqual([]);
    expect(believed.key && named(believed.key)).toEqual(['line']);
  });

  it('gives a column that unrelated things determine by chance to what determines them', () => {
    // Paid is yes wherever the shop and wherever the maker is one of these, each by chance.
    const names = ['sale_id', 'item_id', 'shop_id', 'shop', 'maker_id', 'maker', 'paid'];
    const rows = [...Array(120).keys()].map((sale) => {
      const item = sale % 24;
      const [shop, maker] = [item % 6, (item * 5) % 8];
      return [sale, item, shop, `S${shop}`, maker, `M${maker}`, item % 2 === 0 ? 'yes' : 'no'].map(String);
    });
    const relation = relationOf(names, rows);
    const { dependencies } = believe(relation, explore(relation, OPTIONS, UNLIMITED));
    const holders = dependencies
      .filter(({ right }) => right.includes(6))
      .map(({ left }) => left.map((column) => names[column]).join());
    expect(holders).toEqual(expect.arrayContaining(['item_id']));
    expect(holders).not.toContain('shop_id');
    expect(holders).not.toContain('maker_id');
  });
});

describe('recovered tables', () => {
  it('are those that were joined', () => {
    const { tables, free, complete } = recoverTables(FLAT, SEEN, UNLIMITED);
    expect(tables.map(({ columns }) => named(columns).join()).sort()).toEqual(
      [
        'customer_id,customer_name,city',
        'line,order_id,product_id',
        'order_id,day,sent_to,customer_id',
        'product_id,product,colour',
      ].sort(),
    );
    expect([free, complete]).toEqual([[], true]);
    for (const { columns, keys } of tables) expect(keys.every((key) => key.every((column) => columns.includes(column)))).toBe(true);
  });

  it('keep lists apart that were joined on what they share', () => {
    const names = ['line_id', 'item_id', 'item', 'tag_id', 'tag'];
    const rows = [...Array(60).keys()].flatMap((line) => {
      const item = (line * 7) % 13;
      return [item % 5, 5 + (item % 3)].map((tag) => [line, item, `I${item}`, tag, `T${tag}`].map(String));
    });
    const relation = relationOf(names, rows);
    const { tables, free } = recoverTables(relation, explore(relation, OPTIONS, UNLIMITED), UNLIMITED);
    expect(tables.map(({ columns }) => columns.map((column) => names[column]).join()).sort()).toEqual(
      ['item_id,item', 'item_id,tag_id', 'line_id,item_id', 'tag_id,tag'].sort(),
    );
    expect(free).toHaveLength(1);
  });

  it('joined give back the rows, whatever is believed', () => {
    const cell = fc.option(fc.integer({ min: 0, max: 3 }).map(String), { nil: undefined, freq: 6 });
    const table = fc
      .integer({ min: 2, max: 6 })
      .chain((size) => fc.array(fc.array(cell, { minLength: size, maxLength: size }), { minLength: 1, maxLength: 24 }));
    fc.assert(
      fc.property(table, fc.constantFrom(0, 0.3, 0.5), (rows, minScore) => {
        const columns = [...(rows[0] ?? []).keys()];
        const relation = relationOf(
          columns.map((column) => `c${column}_id`),
          rows,
        );
        const { tables } = recoverTables(relation, explore(relation, OPTIONS, UNLIMITED), UNLIMITED, { minScore });
        const back = join(tables.map((one) => rowsOf(relation, one.columns)));
        expect(told(back)).toEqual(told(rowsOf(relation, columns)));
      }),
      runs(5143, 200),
    );
  });

  it('are one table where nothing is known, and say when time was up', () => {
    const relation = relationOf(
      ['a', 'b'],
      [
        ['1', '1'],
        ['1', '2'],
        ['2', '1'],
        ['2', '2'],
      ],
    );
    expect(recoverTables(relation, explore(relation, OPTIONS, UNLIMITED), UNLIMITED).tables.map(({ columns }) => columns)).toEqual([
      [0, 1],
    ]);
    const stopped = { shouldStop: () => true };
    expect(recoverTables(FLAT, explore(FLAT, OPTIONS, stopped), stopped).complete).toBe(false);
  });
});
