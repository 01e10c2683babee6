import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { proposeDecomposition } from '#engine/decompose/propose.ts';
import { sampleRows } from '#engine/decompose/sample-rows.ts';
import type { Choice } from '#engine/decompose/types.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { Column } from '#model/column-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document, Table } from '#model/types.ts';
import { openOn, planning, trialOf } from '#test/decompose.ts';
import { TestDatabase } from '#test/pglite.ts';
import { diceOf, expectRowsBack } from '#test/random-decompositions.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { loadSqlite } from '../cli/sqlite.ts';
import { type OpenQueryServer, tryDecomposition } from './decomposition.ts';
import { sqliteTrials } from './sqlite-trial.ts';

let parser: PgParser;
let db: TestDatabase;
beforeAll(async () => {
  parser = await parserForTests();
  db = await TestDatabase.open();
}, 60_000);
afterAll(() => db.close());

const open: OpenQueryServer = (extensions) => openOn(db)(extensions);

const builtin = (name: string, ...args: string[]): Column['type'] => ({
  kind: 'builtin',
  name,
  ...(args.length === 0 ? {} : { args }),
});

describe('decompositions of random tables on random rows give back the old rows as bags, and so does the way back', () => {
  it('on PostgreSQL', async () => {
    await expectRowsBack({
      dialect: 'postgresql',
      version: 18,
      parser,
      open,
      types: [
        builtin('integer'),
        builtin('text'),
        builtin('varchar', '20'),
        builtin('date'),
        builtin('numeric'),
        builtin('boolean'),
      ],
      keyless: [{ kind: 'builtin', name: 'text', dims: 1 }, builtin('json')],
      ownRow: true,
      count: 40,
    });
  }, 300_000);

  it('on PostgreSQL, written for version 14', async () => {
    await expectRowsBack({
      dialect: 'postgresql',
      version: 14,
      parser,
      open,
      types: [builtin('integer'), builtin('text'), builtin('date')],
      keyless: [],
      ownRow: true,
      count: 30,
    });
  }, 300_000);

  it('on SQLite', async () => {
    await expectRowsBack({
      dialect: 'sqlite',
      version: 3,
      parser,
      open: sqliteTrials(await loadSqlite()),
      types: [...['INTEGER', 'TEXT', 'REAL', 'DATE', ''].map((name) => builtin(name)), builtin('VARCHAR', '20')],
      keyless: [],
      ownRow: true,
      count: 60,
    });
  }, 300_000);
});

/** Courses whose teachers and books combine freely: no functional dependency would ask for two tables. */
function courses(nullable: boolean): Document {
  const names = ['course', 'teacher', 'book'];
  const columns = names.map(
    (name): Column => ({ id: name, name, type: { kind: 'builtin', name: 'text' }, nullable: nullable && name === 'book' }),
  );
  const table: Table = {
    ...emptyTable('tbl_t', 'sch_public', 'courses'),
    columns,
    keys: [
      nullable
        ? { id: 'key_u', kind: 'unique', columns: names, nullsNotDistinct: true }
        : { id: 'key_p', kind: 'primary', columns: names },
    ],
    dependencies: [{ id: 'mvd', determinant: ['course'], dependent: ['teacher'], multivalued: true }],
  };
  return { ...emptyDocument(), tables: { tbl_t: table } };
}

const FOURTH: Choice = [
  { columns: ['course', 'teacher'], keys: [] },
  { columns: ['course', 'book'], keys: [] },
];

describe('values that combine freely', () => {
  it.each([[false], [true]])('are two tables whose rows combine again (NULL: %s)', async (nullable) => {
    const document = courses(nullable);
    const proposed = proposeDecomposition(document, 'tbl_t', FOURTH, UNLIMITED);
    if (!proposed.ok) throw new Error(proposed.problem.message);
    expect(proposed.value.repeats).toBe(true);
    const policies = proposed.value.tables.map((one) => one.policies);
    expect(policies.flat()).not.toContain('keep');
    const nulls = Object.fromEntries(policies.flatMap((one, at) => (one.length > 0 ? [[at, 'own row' as const]] : [])));
    const planned = planning(document, parser, proposed.value, { nulls });
    expect(planned.consequences.map((one) => one.text)).toContainEqual(expect.stringContaining('become one row'));
    const numbers = Array.from({ length: 101 }, (_, at) => (at * 37 + 5) % 101);
    const rows = sampleRows(document, document.tables['tbl_t'] as Table, {
      rows: 9,
      dice: diceOf(numbers),
    });
    expect(rows.length).toBeGreaterThan(9);
    const outcome = await tryDecomposition(open, trialOf(document, planned, rows));
    expect(outcome).toMatchObject({
      refused: 0,
      rows: rows.length,
      forward: { missing: [], extra: [] },
      back: { missing: [], extra: [] },
    });
  });

  it('are refused when nobody says that they do', () => {
    const document = courses(false);
    const plain = { ...document, tables: { tbl_t: { ...(document.tables['tbl_t'] as Table), dependencies: [] } } };
    expect(proposeDecomposition(plain, 'tbl_t', FOURTH, UNLIMITED)).toMatchObject({ ok: false, problem: { code: 'lossy' } });
  });
});
