import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bruteInclusions } from '#test/discovery/brute-force-inclusions.ts';
import { runs } from '#test/runs.ts';
import { UNLIMITED } from '../budget.ts';
import { proposeForeignKeys } from './foreign-keys.ts';
import { type InclusionResult, inclusions, type NamedRelation } from './inclusion.ts';
import { profileRelation } from './profile/profile.ts';
import { relationOf } from './relation.ts';

const table = fc.integer({ min: 1, max: 3 }).chain((size) =>
  fc
    .array(fc.array(fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined, freq: 6 }), { minLength: size, maxLength: size }), {
      maxLength: 6,
    })
    .map((rows) => ({ size, rows: rows.map((row) => row.map((cell) => cell?.toString())) })),
);

function named(name: string, names: readonly string[], rows: readonly (readonly (string | undefined)[])[]): NamedRelation {
  return { name, relation: relationOf(names, rows) };
}

function listed({ value }: InclusionResult): string[] {
  return value.map((one) => `${one.child}:${one.childColumns.join()}<${one.parent}:${one.parentColumns.join()}`).sort();
}

describe('inclusion dependencies', () => {
  it('are what comparing every row with every row finds, up to three columns a side', () => {
    fc.assert(
      fc.property(fc.array(table, { minLength: 1, maxLength: 3 }), (tables) => {
        const data = tables.map(({ size, rows }, at) =>
          named(
            `t${at}`,
            Array.from({ length: size }, (_, i) => `c${i}`),
            rows,
          ),
        );
        expect(listed(inclusions(data, UNLIMITED, { maxArity: 3 }))).toEqual(bruteInclusions(tables, 3));
      }),
      runs(5301, 300),
    );
  });

  it('say when not all was looked at', () => {
    const data = [named('a', ['x', 'y'], [['1', '2']]), named('b', ['x', 'y'], [['1', '2']])];
    expect(inclusions(data, { shouldStop: () => true })).toMatchObject({ value: [], complete: false });
    const cut = inclusions(data, UNLIMITED, { maxTried: 0 });
    expect(cut).toMatchObject({ complete: false, reason: 'too many candidates of 2 columns a side' });
    expect(listed(cut)).toEqual(
      bruteInclusions(
        [
          { size: 2, rows: [['1', '2']] },
          { size: 2, rows: [['1', '2']] },
        ],
        1,
      ),
    );
  });
});

describe('foreign keys from inclusions', () => {
  const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, i) => String(from + i));
  const customers = named(
    'customers',
    ['id', 'name', 'active'],
    numbers(20).map((id) => [id, `n${id}`, Number(id) % 2 ? '1' : '2']),
  );
  const products = named(
    'products',
    ['id', 'code'],
    numbers(50).map((id) => [id, `P-${id}`]),
  );
  const orders = named(
    'orders',
    ['id', 'customer_id', 'product', 'note'],
    numbers(40).map((id) => [id, String((Number(id) % 18) + 1), `P-${(Number(id) * 7) % 50 || 50}`, undefined]),
  );
  const tables = [customers, products, orders];
  const profiles = tables.map(({ relation }) => profileRelation(relation));
  const proposals = proposeForeignKeys(tables, profiles, inclusions(tables, UNLIMITED).value);
  const text = proposals.map(({ inclusion: { child, childColumns, parent, parentColumns } }) => {
    const name = (at: number, columns: readonly number[]) =>
      `${tables[at]?.name}(${columns.map((column) => tables[at]?.relation.columns[column]?.name).join()})`;
    return `${name(child, childColumns)} -> ${name(parent, parentColumns)}`;
  });

  it('come with the ones that are meant first', () => {
    expect(text.slice(0, 2).sort()).toEqual(['orders(customer_id) -> customers(id)', 'orders(product) -> products(code)']);
    expect(proposals[0]?.why).toContain('the name says so');
  });

  it('hold no parent that is not unique, and rank counters in counters low', () => {
    expect(text).not.toContain('orders(customer_id) -> customers(active)');
    const counters = proposals[text.indexOf('customers(id) -> products(id)')];
    expect(counters?.score).toBeLessThan(0.3);
    expect(counters?.why.join()).toContain('any two counters');
    expect(proposals.map(({ score }) => score)).toEqual(proposals.map(({ score }) => score).sort((a, b) => b - a));
  });

  it('are of several columns where no single column is the key', () => {
    const parent = named(
      'lines',
      ['order_id', 'pos'],
      [
        ['1', '1'],
        ['1', '2'],
        ['2', '1'],
      ],
    );
    const child = named(
      'shipments',
      ['order_id', 'line_pos'],
      [
        ['1', '2'],
        ['2', '1'],
        ['1', '2'],
      ],
    );
    const both = [parent, child];
    const found = proposeForeignKeys(
      both,
      both.map(({ relation }) => profileRelation(relation)),
      inclusions(both, UNLIMITED).value,
    );
    expect(found.map(({ inclusion }) => inclusion)).toContainEqual({
      child: 1,
      childColumns: [0, 1],
      parent: 0,
      parentColumns: [0, 1],
    });
    expect(found.every(({ inclusion }) => inclusion.childColumns.length === 2)).toBe(true);
  });
});
