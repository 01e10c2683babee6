import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { proposeDecomposition } from '#engine/decompose/propose.ts';
import { sampleRows } from '#engine/decompose/sample-rows.ts';
import type { Choice, NullPolicy, Proposal } from '#engine/decompose/types.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { derivedIds } from '#lib/ids.ts';
import type { Column } from '#model/column-types.ts';
import { runCommands } from '#model/commands/run.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import { applyDiff, reverseDiff } from '#model/diff.ts';
import { serialize } from '#model/format/serialize.ts';
import type { Dependency, Document, Table } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { openOn, planning, trialOf } from '#test/decompose.ts';
import { TestDatabase } from '#test/pglite.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { runs } from '#test/runs.ts';
import { isProved, type OpenQueryServer, tryDecomposition } from './decomposition.ts';

let parser: PgParser;
let db: TestDatabase;
beforeAll(async () => {
  parser = await parserForTests();
  db = await TestDatabase.open();
}, 60_000);
afterAll(() => db.close());

const open: OpenQueryServer = (extensions) => openOn(db)(extensions);

type Dice = (n: number) => number;

function diceOf(numbers: readonly number[]): Dice {
  let at = 0;
  return (n) => (n <= 0 ? 0 : (numbers[at++ % numbers.length] ?? 0) % n);
}

const TYPES: readonly Column['type'][] = [
  { kind: 'builtin', name: 'integer' },
  { kind: 'builtin', name: 'text' },
  { kind: 'builtin', name: 'varchar', args: ['20'] },
  { kind: 'builtin', name: 'date' },
  { kind: 'builtin', name: 'numeric' },
  { kind: 'builtin', name: 'boolean' },
  { kind: 'builtin', name: 'text', dims: 1 },
  { kind: 'builtin', name: 'json' },
];

/** A table with a key, some dependencies and some columns that may be NULL. */
function randomTable(dice: Dice): Document {
  const count = 3 + dice(5);
  const columns = Array.from({ length: count }, (_, at): Column => {
    const name = at === 2 ? 'Odd "name"' : `c${at}`;
    // The last may be of a type that no key can hold.
    const type = TYPES[dice(at === count - 1 ? TYPES.length : TYPES.length - 2)] as Column['type'];
    return { id: `col_${at}`, name, type, nullable: dice(3) !== 0, ...(dice(4) === 0 ? { comment: `about ${at}` } : {}) };
  });
  const some = (n: number, from = columns) => [...new Set(Array.from({ length: n }, () => (from[dice(from.length)] as Column).id))];
  const ordered = columns.slice(0, -1);
  const primary = some(1 + dice(2), ordered);
  const dependencies = Array.from({ length: 1 + dice(3) }, (_, at): Dependency => {
    const determinant = some(1 + dice(2), ordered);
    const dependent = some(1 + dice(3)).filter((id) => !determinant.includes(id));
    return { id: `fd_${at}`, determinant, dependent };
  }).filter(({ dependent }) => dependent.length > 0);
  const table: Table = {
    ...emptyTable('tbl_t', 'sch_public', 'things'),
    columns: columns.map((one) => (primary.includes(one.id) ? { ...one, nullable: false } : one)),
    keys: [{ id: 'key_p', kind: 'primary', columns: primary }],
    checks: dice(2) === 0 ? [{ id: 'chk', expression: 'c0 IS NOT NULL OR c1 IS NOT NULL OR true' }] : [],
    indexes: [{ id: 'idx', name: 'things_idx', elements: [{ column: some(1, ordered)[0] as string }] }],
    dependencies,
  };
  return { ...emptyDocument(), tables: { tbl_t: table } };
}

/** What rows have to look like for the policies: no NULL where it is refused. */
function forRows(document: Document, proposal: Proposal, nulls: Record<number, NullPolicy>): { table: Table; keep: boolean } {
  const table = document.tables['tbl_t'] as Table;
  const refused = new Set(proposal.tables.flatMap((one, at) => (nulls[at] === 'refuse' ? one.nullable : [])));
  const columns = table.columns.map((one) => (refused.has(one.id) ? { ...one, nullable: false } : one));
  return { table: { ...table, columns }, keep: Object.values(nulls).includes('keep') };
}

const CHOICES: readonly Choice[] = ['recommended', '3NF', 'BCNF'];

describe('decompositions of random tables on random rows', () => {
  it('give back the old rows as bags, and so does the way back', async () => {
    const seen = { done: 0, rows: 0, keep: 0, own: 0, refuse: 0, lost: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 1000 }), { minLength: 60, maxLength: 60 }), async (numbers) => {
        const dice = diceOf(numbers);
        const document = randomTable(dice);
        const proposed = proposeDecomposition(document, 'tbl_t', CHOICES[dice(3)] as Choice, UNLIMITED);
        if (!proposed.ok) {
          expect(['one-part', 'key-type']).toContain(proposed.problem.code);
          return;
        }
        const proposal = proposed.value;
        const nulls: Record<number, NullPolicy> = {};
        proposal.tables.forEach(({ policies }, at) => {
          if (policies.length > 0) nulls[at] = policies[dice(2) === 0 ? 0 : dice(policies.length)] as NullPolicy;
        });
        const planned = planning(document, parser, proposal, { nulls });
        expect(validate(planned.after)).toEqual([]);
        const ran = runCommands(document, planned.calls, derivedIds());
        if (!ran.ok) throw new Error(ran.problem.message);
        expect(serialize(applyDiff(ran.value.document, reverseDiff(ran.value.diff)))).toBe(serialize(document));
        const { table, keep } = forRows(document, proposal, nulls);
        const rows = sampleRows({ ...document, tables: { tbl_t: table } }, table, { rows: 12, dice, nullsKnowNothing: keep });
        const outcome = await tryDecomposition(open, trialOf(document, planned, rows));
        const scripts = () =>
          `${JSON.stringify(outcome, undefined, 1)}\n${rows.join('\n')}\n${planned.change?.forward.map((one) => one.sql).join('\n\n')}\n--back\n${planned.change?.back.map((one) => one.sql).join('\n\n')}`;
        expect(isProved(outcome), scripts()).toBe(true);
        expect(outcome.refused).toBe(0);
        seen.done += 1;
        seen.rows += outcome.rows;
        seen.lost += proposal.lost.length;
        for (const policy of Object.values(nulls)) seen[policy === 'own row' ? 'own' : policy] += 1;
      }),
      { ...runs(20_261_121, 40), endOnFailure: true },
    );
    for (const [what, times] of Object.entries(seen)) expect([what, times > 0]).toEqual([what, true]);
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
