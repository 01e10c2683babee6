import { type GivenRows, givenInserts } from '#engine/decompose/given-rows.ts';
import { planDecomposition } from '#engine/decompose/plan.ts';
import { aloneWith, sampleRows } from '#engine/decompose/sample-rows.ts';
import type { DecomposeOptions, Proposal, Settlement } from '#engine/decompose/types.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Table } from '#model/types.ts';
import type { Trial } from './decomposition.ts';

/** Numbers that are the same each time (a linear congruential generator, Knuth's MMIX constants cut to 32 bits). */
function diceFrom(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return n <= 0 ? 0 : Math.floor((state / 2 ** 32) * n);
  };
}

/** The table as rows should be made for it: where NULL is to be refused, there is none. */
function forRows(table: Table, proposal: Proposal, { nulls = {} }: Settlement): Table {
  const refused = new Set(proposal.tables.flatMap((one, at) => (nulls[at] === 'refuse' ? one.nullable : [])));
  return { ...table, columns: table.columns.map((one) => (refused.has(one.id) ? { ...one, nullable: false } : one)) };
}

/**
 * What is to be run to prove a decomposition on rows: the table alone, as rows that its dependencies allow would be in it,
 * and the script made for it as it stands alone.
 * @param rows how many are made; keys may leave fewer. @param given rows that there are: none is made when they can be put in.
 * @returns an error where no values are known, or the plan does not go through.
 */
export function trialFor(
  document: Document,
  parser: PgParser,
  proposal: Proposal,
  settled: Settlement,
  { rows, given, ...options }: DecomposeOptions & { readonly rows: number; readonly given?: GivenRows | undefined },
): Result<Trial> {
  const alone = aloneWith(document, proposal.table);
  const table = recordIn(alone, 'tables', proposal.table);
  if (table === undefined) return err('not-found', 'The table is not in the model any more: select it again.');
  const planned = planDecomposition(alone, parser, proposal, settled, options);
  if (!planned.ok) return planned;
  const { change, rejoining } = planned.value;
  const shape = forRows(table, proposal, settled);
  const there = given === undefined ? [] : givenInserts(alone, table, given);
  const made =
    there.length > 0
      ? there
      : sampleRows({ ...alone, tables: { [table.id]: shape } }, shape, {
          rows,
          dice: diceFrom(20_260_101),
          nullsKnowNothing: Object.values(settled.nulls ?? {}).includes('keep'),
        });
  if (made.length === 0) {
    return err('no-values', `${table.name} has a column that is never NULL and of a type that no values are made for here.`);
  }
  const { version = 18 } = document.settings['settings'] ?? {};
  const schema = writeDocument(alone, { version }).statements.map(({ key, sql }) => ({ key, sql }));
  return ok({ dialect: change.dialect, schema, rows: made, given: there.length > 0, change, rejoining });
}
