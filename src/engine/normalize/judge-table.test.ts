import { expect, test } from 'vitest';
import type { Column } from '#model/column-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Index, Key } from '#model/table-parts.ts';
import type { Document, Table } from '#model/types.ts';
import { UNLIMITED } from '../budget.ts';
import { verdictOf } from './judge-table.ts';

type Columns = readonly string[];

/** A table whose column ids are their names; a name ending in `?` may be NULL. */
function tableOf(columns: Columns, parts: Partial<Table> = {}, id = 'tbl_t'): Table {
  const records = columns.map(
    (name): Column => ({
      id: name.replace('?', ''),
      name: name.replace('?', ''),
      type: { kind: 'builtin', name: 'integer' },
      nullable: name.endsWith('?'),
    }),
  );
  return { ...emptyTable(id, 'sch_public', id), columns: records, ...parts };
}

function verdict(table: Table, others: readonly Table[] = []) {
  const document: Document = { ...emptyDocument(), tables: Object.fromEntries([table, ...others].map((one) => [one.id, one])) };
  return verdictOf(document, table, UNLIMITED);
}

const primary = (...columns: string[]): Key => ({ id: 'key_p', kind: 'primary', columns });
const unique = (...columns: string[]): Key => ({ id: 'key_u', kind: 'unique', columns });
const uniqueIndex = (more: Partial<Index>, ...columns: string[]): Index => ({
  id: 'idx_u',
  unique: true,
  elements: columns.map((column) => ({ column })),
  ...more,
});
const fd = (determinant: Columns, dependent: Columns, id = 'fd_1') => ({ id, determinant, dependent });

test('without declared dependencies the form holds by assumption, and a missing key is said', () => {
  expect(verdict(tableOf(['id', 'a'], { keys: [primary('id')] }))).toMatchObject({
    highest: 'BCNF',
    byAssumption: true,
    noKey: false,
    candidateKeys: [['id']],
    violations: [],
  });
  expect(verdict(tableOf(['id', 'a']))).toMatchObject({ byAssumption: true, noKey: true, candidateKeys: [['id', 'a']] });
});

test('a transitive dependency breaks 3NF, with the closure that shows it', () => {
  const table = tableOf(['id', 'zip', 'city', 'state'], { keys: [primary('id')], dependencies: [fd(['zip'], ['city', 'state'])] });
  expect(verdict(table)).toMatchObject({
    highest: '2NF',
    byAssumption: false,
    violations: [
      {
        form: '3NF',
        determinant: ['zip'],
        dependent: ['city', 'state'],
        closure: ['zip', 'city', 'state'],
        missing: ['id'],
        derivation: ['fd_1'],
      },
    ],
  });
});

test('a dependency on part of a composite key breaks 2NF', () => {
  const table = tableOf(['order', 'product', 'name', 'count'], {
    keys: [primary('order', 'product')],
    dependencies: [fd(['product'], ['name'])],
  });
  expect(verdict(table)).toMatchObject({
    highest: '1NF',
    violations: [{ form: '2NF', determinant: ['product'], missing: ['order', 'count'] }],
  });
});

test('a determinant inside overlapping keys breaks BCNF alone', () => {
  const table = tableOf(['city', 'street', 'zip'], { keys: [primary('city', 'street')], dependencies: [fd(['zip'], ['city'])] });
  const found = verdict(table);
  expect(found).toMatchObject({
    highest: 'EKNF',
    keyCount: '2',
    violations: [{ form: 'BCNF', determinant: ['zip'], dependent: ['city'] }],
  });
  expect(found.prime).toEqual(['city', 'street', 'zip']);
});

test.each<[string, Table, boolean]>([
  ['a primary key', tableOf(['a?', 'b'], { keys: [primary('a')] }), true],
  ['a unique constraint over NOT NULL', tableOf(['a', 'b'], { keys: [unique('a')] }), true],
  ['a unique constraint over a nullable column', tableOf(['a?', 'b'], { keys: [unique('a')] }), false],
  ['nulls not distinct', tableOf(['a?', 'b'], { keys: [{ ...unique('a'), nullsNotDistinct: true }] }), true],
  ['a unique index', tableOf(['a', 'b'], { indexes: [uniqueIndex({}, 'a')] }), true],
  ['a plain index', tableOf(['a', 'b'], { indexes: [uniqueIndex({ unique: false }, 'a')] }), false],
  ['a partial unique index', tableOf(['a', 'b'], { indexes: [uniqueIndex({ where: 'b > 0' }, 'a')] }), false],
  [
    'a unique index on an expression',
    tableOf(['a', 'b'], { indexes: [uniqueIndex({ elements: [{ expression: 'lower(a)' }] })] }),
    false,
  ],
  ['a unique index over a nullable column', tableOf(['a?', 'b'], { indexes: [uniqueIndex({}, 'a')] }), false],
  [
    'a unique index whose nulls are not distinct',
    tableOf(['a?', 'b'], { indexes: [uniqueIndex({ nullsNotDistinct: true }, 'a')] }),
    true,
  ],
  ['a unique index of the parent only', tableOf(['a', 'b'], { indexes: [uniqueIndex({ only: true }, 'a')] }), false],
])('%s is an enforced key: %#', (_what, table, real) => {
  const found = verdict(table);
  expect(found.noKey).toBe(!real);
  expect(found.candidateKeys).toEqual(real ? [['a']] : [['a', 'b']]);
});

test('a partition has the keys of its parent; an inheriting table has not', () => {
  const parent = tableOf(['id', 'at'], { keys: [primary('id', 'at')] }, 'tbl_parent');
  const partition = tableOf([], { partitionOf: { parent: 'tbl_parent', bound: 'DEFAULT' } });
  expect(verdict(partition, [parent])).toMatchObject({ noKey: false, candidateKeys: [['id', 'at']] });
  expect(verdict(tableOf(['more'], { inherits: ['tbl_parent'] }), [parent])).toMatchObject({ noKey: true });
});

test('a domain that is NOT NULL closes the hole of a unique constraint', () => {
  const table = tableOf(['a?', 'b'], { keys: [unique('a')] });
  const typed = { ...table, columns: table.columns.map((c) => ({ ...c, type: { kind: 'custom' as const, type: 'typ_d' } })) };
  const base = { kind: 'builtin', name: 'text' } as const;
  const document = (notNull: boolean): Document => ({
    ...emptyDocument(),
    tables: { tbl_t: typed },
    types: { typ_d: { id: 'typ_d', name: 'd', schema: 'sch_public', kind: 'domain', base, checks: [], notNull } },
  });
  expect(verdictOf(document(false), typed, UNLIMITED).noKey).toBe(true);
  // The table is the same record: the change of its domain must reach the verdict all the same.
  expect(verdictOf(document(true), typed, UNLIMITED).noKey).toBe(false);
});

test('an answer is kept for the same records and made anew for changed ones; one cut short is not kept', () => {
  const table = tableOf(['id', 'a'], { keys: [primary('id')] });
  const document: Document = { ...emptyDocument(), tables: { tbl_t: table } };
  const first = verdictOf(document, table, { shouldStop: () => true });
  const second = verdictOf(document, table, UNLIMITED);
  expect(second).not.toBe(first);
  expect(verdictOf(document, table, UNLIMITED)).toBe(second);
  expect(verdictOf(document, { ...table }, UNLIMITED)).not.toBe(second);
});

const temporal = { exempt: { kind: 'temporal', reason: 'price when ordered', date: '2026-01-01' } } as const;
const accepted = {
  exempt: { kind: 'accepted', reason: 'read often', maintenance: 'trigger', date: '2026-01-01' },
} as const;

test('a value of its time breaks nothing and proves nothing', () => {
  const table = tableOf(['id', 'product', 'price'], {
    keys: [primary('id')],
    dependencies: [{ ...fd(['product'], ['price']), ...temporal }],
  });
  expect(verdict(table)).toMatchObject({ highest: 'BCNF', byAssumption: true, violations: [] });
});

test('an accepted redundancy stays in the form and is marked; what is beside it is not', () => {
  const table = tableOf(['id', 'zip', 'city', 'state'], {
    keys: [primary('id')],
    dependencies: [{ ...fd(['zip'], ['city'], 'fd_1'), ...accepted }, fd(['zip'], ['state'], 'fd_2')],
  });
  const found = verdict(table);
  expect(found).toMatchObject({ highest: '2NF', byAssumption: false });
  expect(found.violations.map(({ dependent, accepted: silent }) => [dependent, silent])).toEqual(
    expect.arrayContaining([
      [['state'], undefined],
      [['city'], true],
    ]),
  );
  const all = tableOf(['id', 'zip', 'city'], {
    keys: [primary('id')],
    dependencies: [{ ...fd(['zip'], ['city']), ...accepted }],
  });
  expect(verdict(all).violations).toMatchObject([{ determinant: ['zip'], accepted: true }]);
});

test('a declared multivalued dependency that starts from no key is told, one from a key is not', () => {
  const mvd = (left: Columns, right: Columns) => ({ ...fd(left, right, 'mvd_1'), multivalued: true });
  const columns = ['course', 'teacher', 'book'];
  const free = tableOf(columns, { keys: [primary(...columns)], dependencies: [mvd(['course'], ['teacher'])] });
  expect(verdict(free)).toMatchObject({
    highest: 'BCNF',
    byAssumption: false,
    multivalued: [{ dependency: 'mvd_1', determinant: ['course'], dependent: ['teacher'] }],
  });
  const keyed = tableOf(columns, { keys: [primary('course')], dependencies: [mvd(['course'], ['teacher'])] });
  expect(verdict(keyed).multivalued).toEqual([]);
  expect(verdict(tableOf(columns, { keys: [primary('course')] }))).not.toHaveProperty('multivalued');
});
