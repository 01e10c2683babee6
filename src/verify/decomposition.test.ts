import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { planDecomposition } from '#engine/decompose/plan.ts';
import { proposeDecomposition } from '#engine/decompose/propose.ts';
import { sampleRows } from '#engine/decompose/sample-rows.ts';
import type { Choice, NullPolicy } from '#engine/decompose/types.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { derivedIds } from '#lib/ids.ts';
import type { Column } from '#model/column-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
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
});
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

/** `a, b → c` stands in no part, as `c → b` has torn it: only two parts together say which c a row has. */
function torn(dialect: 'postgresql' | 'sqlite', version: number): Document {
  const column = (name: string, nullable = false): Column => ({ id: name, name, type: builtin('text'), nullable });
  const table: Table = {
    ...emptyTable('tbl_t', 'sch_public', 't'),
    columns: [column('a'), column('b'), column('d'), column('c', true), column('e', true), column('f', true)],
    keys: [{ id: 'key_p', kind: 'primary', columns: ['a', 'b', 'd'] }],
    dependencies: [
      { id: 'fd_1', determinant: ['a', 'b'], dependent: ['c'] },
      { id: 'fd_2', determinant: ['c'], dependent: ['b'] },
      { id: 'fd_3', determinant: ['e'], dependent: ['f'] },
    ],
  };
  return { ...emptyDocument('torn', version, dialect), tables: { tbl_t: table } };
}

const TORN: Choice = [
  { columns: ['a', 'b', 'd', 'e'], keys: [['a', 'b', 'd']] },
  { columns: ['e', 'f'], keys: [['e']] },
  { columns: ['a', 'c'], keys: [] },
  { columns: ['c', 'b'], keys: [['c']] },
];

describe('a left side that is spread over other parts', () => {
  it.each([
    ['postgresql', 18],
    ['postgresql', 14],
    ['sqlite', 3],
  ] as const)('lets no row be missing where it filters, and the rows come back (%s %d)', async (dialect, version) => {
    const document = torn(dialect, version);
    const proposed = proposeDecomposition(document, 'tbl_t', TORN, UNLIMITED);
    if (!proposed.ok) throw new Error(proposed.problem.message);
    const proposal = proposed.value;
    const at = (...columns: string[]) =>
      proposal.tables.findIndex((one) => [...one.columns].sort().join() === [...columns].sort().join());
    const [kept, filters] = [at('e', 'f'), at('c', 'b')];
    expect(proposal.tables[kept]?.policies).toEqual(['keep', 'own row', 'refuse']);
    expect(proposal.tables[filters]).toMatchObject({
      policies: ['own row', 'refuse'],
      noKeep: 'rows come back by what several tables share, not by c alone, and those without a row here would be lost',
    });
    const nulls: Record<number, NullPolicy> = { [kept]: 'keep', [at('a', 'c')]: 'own row', [filters]: 'own row' };
    const options = { diagram: MAIN_DIAGRAM, date: '2026-01-01', ids: derivedIds() };
    const unfit = planDecomposition(document, parser, proposal, { nulls: { ...nulls, [filters]: 'keep' } }, options);
    expect(unfit).toMatchObject({ ok: false, problem: { code: 'null-policy-unfit' } });
    expect(unfit.ok ? '' : unfit.problem.message).toContain('those without a row here would be lost');
    const planned = planning(document, parser, proposal, { nulls });
    const values = [
      "('a1', 'b1', 'd1', NULL, NULL, NULL)",
      "('a1', 'b1', 'd2', NULL, 'e1', 'f1')",
      "('a1', 'b2', 'd1', 'c1', 'e1', 'f1')",
      "('a1', 'b3', 'd1', 'c2', 'e2', NULL)",
      "('a2', 'b2', 'd1', 'c1', NULL, NULL)",
      "('a2', 'b3', 'd1', 'c3', 'e2', NULL)",
    ];
    const rows = values.map((one) => `INSERT INTO t (a, b, d, c, e, f) VALUES ${one};`);
    const servers = dialect === 'sqlite' ? sqliteTrials(await loadSqlite()) : open;
    const outcome = await tryDecomposition(servers, trialOf(document, planned, rows));
    expect(outcome).toMatchObject({ refused: 0, rows: 6, forward: { missing: [], extra: [] }, back: { missing: [], extra: [] } });
    expect(outcome.stopped).toBeUndefined();
  });
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
