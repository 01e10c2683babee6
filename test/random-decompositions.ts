import fc from 'fast-check';
import { expect } from 'vitest';
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
import type { Dependency, Dialect, Document, Table } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { isProved, type OpenQueryServer, tryDecomposition } from '#verify/decomposition.ts';
import { planning, trialOf } from './decompose.ts';
import { runs } from './runs.ts';

export type Dice = (n: number) => number;

/** Numbers of a property test as a dice. */
export function diceOf(numbers: readonly number[]): Dice {
  let at = 0;
  return (n) => (n <= 0 ? 0 : (numbers[at++ % numbers.length] ?? 0) % n);
}

/** On which database random decompositions are run. */
export interface RandomDecompositions {
  readonly dialect: Dialect;
  readonly version: number;
  readonly parser: PgParser;
  readonly open: OpenQueryServer;
  /** Types of columns, and those that no key can hold. */
  readonly types: readonly Column['type'][];
  readonly keyless: readonly Column['type'][];
  /** NULL may have a row of its own here. */
  readonly ownRow: boolean;
  readonly count: number;
}

/** A table with a key, some dependencies and some columns that may be NULL. */
function randomTable(dice: Dice, { dialect, version, types, keyless }: RandomDecompositions): Document {
  const count = 3 + dice(5);
  const columns = Array.from({ length: count }, (_, at): Column => {
    const name = at === 2 ? 'Odd "name"' : `c${at}`;
    // The last may be of a type that no key can hold.
    const all = at === count - 1 ? [...types, ...keyless] : types;
    const type = all[dice(all.length)] as Column['type'];
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
    checks: dice(2) === 0 ? [{ id: 'chk', expression: 'c0 IS NOT NULL OR c1 IS NOT NULL OR 1 = 1' }] : [],
    indexes: [{ id: 'idx', name: 'things_idx', elements: [{ column: some(1, ordered)[0] as string }] }],
    dependencies,
  };
  const document = emptyDocument('random', version, dialect);
  return { ...document, tables: { tbl_t: table } };
}

/** What rows have to look like for the policies: no NULL where it is refused. */
function forRows(document: Document, proposal: Proposal, nulls: Record<number, NullPolicy>): { table: Table; keep: boolean } {
  const table = document.tables['tbl_t'] as Table;
  const refused = new Set(proposal.tables.flatMap((one, at) => (nulls[at] === 'refuse' ? one.nullable : [])));
  const columns = table.columns.map((one) => (refused.has(one.id) ? { ...one, nullable: false } : one));
  return { table: { ...table, columns }, keep: Object.values(nulls).includes('keep') };
}

const CHOICES: readonly Choice[] = ['recommended', '3NF', 'BCNF'];

/** Random tables, dependencies, NULLs and rows: decomposed, rejoined, compared as bags, and brought back. */
export async function expectRowsBack(given: RandomDecompositions): Promise<void> {
  const seen = { done: 0, rows: 0, keep: 0, own: 0, refuse: 0, lost: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 1000 }), { minLength: 60, maxLength: 60 }), async (numbers) => {
      const dice = diceOf(numbers);
      const document = randomTable(dice, given);
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
      const planned = planning(document, given.parser, proposal, { nulls });
      expect(validate(planned.after)).toEqual([]);
      const ran = runCommands(document, planned.calls, derivedIds());
      if (!ran.ok) throw new Error(ran.problem.message);
      expect(serialize(applyDiff(ran.value.document, reverseDiff(ran.value.diff)))).toBe(serialize(document));
      const { table, keep } = forRows(document, proposal, nulls);
      const rows = sampleRows({ ...document, tables: { tbl_t: table } }, table, { rows: 12, dice, nullsKnowNothing: keep });
      const outcome = await tryDecomposition(given.open, trialOf(document, planned, rows));
      const scripts = () =>
        `${JSON.stringify(outcome, undefined, 1)}\n${rows.join('\n')}\n${planned.change?.forward.map((one) => one.sql).join('\n\n')}\n--back\n${planned.change?.back.map((one) => one.sql).join('\n\n')}`;
      expect(isProved(outcome), scripts()).toBe(true);
      expect(outcome.refused).toBe(0);
      seen.done += 1;
      seen.rows += outcome.rows;
      seen.lost += proposal.lost.length;
      for (const policy of Object.values(nulls)) seen[policy === 'own row' ? 'own' : policy] += 1;
    }),
    { ...runs(20_261_121, given.count), endOnFailure: true },
  );
  for (const what of [
    'done',
    'rows',
    'keep',
    'refuse',
    ...(given.count < 40 ? [] : (['lost'] as const)),
    ...(given.ownRow ? (['own'] as const) : []),
  ] as const)
    expect([what, seen[what] > 0]).toEqual([what, true]);
}
