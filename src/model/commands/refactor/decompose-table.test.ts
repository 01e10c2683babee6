import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import type { Column } from '../../column-types.ts';
import { emptyDocument, emptyTable } from '../../create.ts';
import type { Document, Table } from '../../types.ts';
import { validate } from '../../validate.ts';
import { runCommands } from '../run.ts';
import type { DecomposeTableArgs } from './decompose-table.ts';

const column = (name: string): Column => ({ id: name, name, type: { kind: 'builtin', name: 'text' }, nullable: true });

const table: Table = {
  ...emptyTable('t', 'sch_public', 't'),
  columns: ['id', 'zip', 'city', 'state', 'mayor'].map(column),
  keys: [{ id: 'k', kind: 'primary', columns: ['id'] }],
  dependencies: [
    { id: 'fd', determinant: ['zip'], dependent: ['city', 'state'], note: 'post' },
    { id: 'fd_2', determinant: ['city'], dependent: ['mayor'] },
    { id: 'fd_3', determinant: ['mayor'], dependent: ['id'] },
  ],
};
const document: Document = {
  ...emptyDocument(),
  tables: { t: { ...table, columns: table.columns.map((one) => (one.id === 'id' ? { ...one, nullable: false } : one)) } },
  waivers: {
    w: { id: 'w', rule: 'r', at: { record: 't', part: 'fd' }, reason: 'x', date: '2026-01-01' },
    gone: { id: 'gone', rule: 'r', at: { record: 't', part: 'fd_3' }, reason: 'x', date: '2026-01-01' },
  },
};

const CITIES = {
  id: 'cities',
  name: 'cities',
  columns: [{ of: 'city', copy: 'city_2' }, { of: 'mayor' }],
  key: { columns: ['city'] },
  unique: [['mayor']],
  parts: [],
  policies: [],
};
const ZIPS = {
  id: 'zips',
  name: 'zips',
  columns: [{ of: 'zip', copy: 'zip_2' }, { of: 'city' }, { of: 'state' }],
  key: { columns: ['zip'], nulls: 'equal' as const },
  unique: [],
  parts: [],
  policies: [],
};
const ARGS: DecomposeTableArgs = {
  table: 't',
  parts: [CITIES, ZIPS],
  unique: [],
  notNull: ['city'],
  links: [
    { child: 't', parent: 'zips', columns: ['zip'] },
    { child: 'zips', parent: 'cities', columns: ['city'] },
  ],
  ends: [],
};

function run(args: Partial<DecomposeTableArgs>) {
  return runCommands(document, [{ name: 'decomposeTable', args: { ...ARGS, ...args } }], derivedIds());
}

describe('decomposing a table', () => {
  it('[R5] leaves each column with who refers, and copies of it where a key needs them', () => {
    const ran = run({});
    if (!ran.ok) throw new Error(ran.problem.message);
    const { tables, relationships } = ran.value.document;
    expect(validate(ran.value.document)).toEqual([]);
    expect(ran.value.label).toBe('Decompose t into 3 tables');
    expect(
      Object.values(tables).map((one) => [one.id, one.columns.map(({ id, nullable }) => `${id}${nullable ? '?' : ''}`)]),
    ).toEqual([
      ['t', ['id', 'zip?']],
      ['cities', ['city_2', 'mayor?']],
      ['zips', ['zip_2?', 'city', 'state?']],
    ]);
    expect(tables['cities']?.keys).toMatchObject([
      { kind: 'primary', columns: ['city_2'] },
      { kind: 'unique', columns: ['mayor'] },
    ]);
    expect(tables['zips']?.keys).toMatchObject([{ kind: 'unique', columns: ['zip_2'], nullsNotDistinct: true }]);
    expect(
      Object.values(relationships).map(({ child, childColumns, parent, parentColumns }) => [
        child,
        childColumns,
        parent,
        parentColumns,
      ]),
    ).toEqual([
      ['t', ['zip'], 'zips', ['zip_2']],
      ['zips', ['city'], 'cities', ['city_2']],
    ]);
  });

  it('[R6] takes dependencies to the table that holds both sides, with their waivers', () => {
    const ran = run({});
    if (!ran.ok) throw new Error(ran.problem.message);
    const { tables, waivers } = ran.value.document;
    expect(tables['t']?.dependencies).toEqual([]);
    expect(tables['zips']?.dependencies).toEqual([
      { id: 'fd', determinant: ['zip_2'], dependent: ['city', 'state'], note: 'post' },
    ]);
    expect(tables['cities']?.dependencies).toEqual([{ id: 'fd_2', determinant: ['city_2'], dependent: ['mayor'] }]);
    expect(Object.values(waivers).map(({ id, at }) => [id, at.record])).toEqual([['w', 'zips']]);
  });

  it('[R6] cuts a dependency whose right side lies in two tables', () => {
    const state = { ...CITIES, columns: [{ of: 'zip', copy: 'z' }, { of: 'state' }], key: { columns: ['zip'] }, unique: [] };
    const city = { ...ZIPS, columns: [{ of: 'zip', copy: 'zip_2' }, { of: 'city' }], key: { columns: ['zip'] } };
    const ran = run({ parts: [state, city], links: [] });
    if (!ran.ok) throw new Error(ran.problem.message);
    const { tables } = ran.value.document;
    expect(tables['cities']?.dependencies).toMatchObject([{ id: 'fd', determinant: ['z'], dependent: ['state'] }]);
    expect(tables['zips']?.dependencies).toMatchObject([{ determinant: ['zip_2'], dependent: ['city'], note: 'post' }]);
    expect(tables['zips']?.dependencies[0]?.id).not.toBe('fd');
  });

  it.each<[string, Partial<DecomposeTableArgs>]>([
    ['not-found', { table: 'nowhere' }],
    ['one-part', { parts: [] }],
    ['not-found', { parts: [{ ...ZIPS, columns: [{ of: 'nothing' }] }] }],
    ['moved-twice', { parts: [{ ...CITIES, columns: [{ of: 'city' }] }, ZIPS] }],
    ['all-columns', { parts: [{ ...ZIPS, columns: table.columns.map(({ id }) => ({ of: id })) }] }],
    ['name-taken', { parts: [CITIES, { ...ZIPS, name: 'cities' }] }],
    ['name-taken', { parts: [{ ...ZIPS, name: 't' }] }],
    ['no-key', { parts: [{ ...ZIPS, key: { columns: [] } }] }],
    ['id-taken', { parts: [{ ...ZIPS, id: 't' }] }],
    ['id-taken', { parts: [CITIES, { ...ZIPS, id: 'cities' }] }],
  ])('is refused with a reason: %s', (code, args) => {
    expect(run(args)).toMatchObject({ ok: false, problem: { code, message: expect.stringMatching(/[.]$/) } });
  });

  it('does not tear the columns that a table is partitioned by', () => {
    const parted = { ...table, partitioning: { strategy: 'list' as const, elements: [{ column: 'city' }] } };
    const ran = runCommands({ ...document, tables: { t: parted } }, [{ name: 'decomposeTable', args: ARGS }], derivedIds());
    expect(ran).toMatchObject({ ok: false, problem: { code: 'partition-column' } });
  });
});
