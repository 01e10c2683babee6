import { expect, test } from 'vitest';
import type { Column } from '#model/column-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document, Table } from '#model/types.ts';
import { aloneWith, sampleRows } from './sample-rows.ts';

const column = (name: string, type: Column['type'], nullable = false): Column => ({ id: name, name, type, nullable });
const TEXT = { kind: 'builtin', name: 'text' } as const;
const INT = { kind: 'builtin', name: 'integer' } as const;

const table: Table = {
  ...emptyTable('t', 'sch_public', 't'),
  columns: [column('id', INT), column('zip', TEXT, true), column('city', TEXT, true)],
  keys: [{ id: 'k', kind: 'primary', columns: ['id'] }],
  dependencies: [{ id: 'fd', determinant: ['zip'], dependent: ['city'] }],
};
const document: Document = { ...emptyDocument(), tables: { t: table } };

/** The same numbers each time. */
function dice(seed = 1): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % n;
  };
}

const valuesOf = (sql: string) => (/VALUES \((.*)\);$/.exec(sql)?.[1] ?? '').split(', ');

test.each([1, 2, 3, 4, 5])('rows satisfy the dependencies and the key (%d)', (seed) => {
  const rows = sampleRows(document, table, { rows: 30, dice: dice(seed) }).map(valuesOf);
  expect(rows.length).toBeGreaterThan(5);
  const cityOf = new Map<string, string>();
  for (const [, zip = '', city = ''] of rows) {
    expect(cityOf.get(zip) ?? city).toBe(city);
    cityOf.set(zip, city);
  }
  expect(new Set(rows.map(([id]) => id)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(cityOf.size);
});

test('where NULL knows nothing, nothing follows from it', () => {
  const rows = sampleRows(document, table, { rows: 40, dice: dice(9), nullsKnowNothing: true }).map(valuesOf);
  const without = rows.filter(([, zip]) => zip === 'NULL');
  expect(without.length).toBeGreaterThan(0);
  expect(without.every(([, , city]) => city === 'NULL')).toBe(true);
});

test('every type of the list has values, enums and domains theirs; a strange one is NULL, or nothing is made', () => {
  const types = ['boolean', 'date', 'timestamptz', 'uuid', 'bytea', 'jsonb', 'inet', 'numeric', 'interval', 'xml'];
  const wide: Table = {
    ...emptyTable('w', 'sch_public', 'w'),
    columns: [
      ...types.map((name) => column(name, { kind: 'builtin', name })),
      column('list', { kind: 'builtin', name: 'text', dims: 1 }),
      column('mood', { kind: 'custom', type: 'typ_e' }),
      column('code', { kind: 'custom', type: 'typ_d' }),
      column('odd', { kind: 'other', name: 'geometry' }, true),
    ],
  };
  const typed: Document = {
    ...emptyDocument(),
    types: {
      typ_e: { id: 'typ_e', kind: 'enum', name: 'e', schema: 'sch_public', values: ["it's"] },
      typ_d: { id: 'typ_d', kind: 'domain', name: 'd', schema: 'sch_public', base: TEXT, checks: [] },
    },
  };
  const [row = ''] = sampleRows(typed, wide, { rows: 1, dice: dice() });
  expect(row).toContain("'it''s'");
  expect(row).toContain("ARRAY['v");
  expect(row).toMatch(/NULL\);$/);
  const strict = { ...wide, columns: wide.columns.map((one) => ({ ...one, nullable: false })) };
  expect(sampleRows(typed, strict, { rows: 1, dice: dice() })).toEqual([]);
});

test('a table alone keeps its types and leaves the rest', () => {
  const other = emptyTable('o', 'sch_public', 'o');
  const link = { id: 'r', child: 't', parent: 'o', childColumns: [], parentColumns: [] };
  const alone = aloneWith({ ...document, tables: { t: table, o: other }, relationships: { r: link } }, 't');
  expect([Object.keys(alone.tables), alone.relationships]).toEqual([['t'], {}]);
});

test('what follows from values that nobody can make up is one in all rows', () => {
  const strange: Table = {
    ...table,
    columns: [column('id', INT), column('zip', { kind: 'builtin', name: 'box' }, true), column('city', TEXT)],
  };
  let n = 0;
  const rows = sampleRows({ ...document, tables: { t: strange } }, strange, { rows: 9, dice: (of) => (n++ * 7) % Math.max(1, of) });
  expect(rows.length).toBeGreaterThan(3);
  expect(new Set(rows.map((row) => row.replace(/.*VALUES \(\d+, /, ''))).size).toBe(1);
});
