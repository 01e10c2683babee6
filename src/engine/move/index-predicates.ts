import type { Index, IndexElement } from '#model/table-parts.ts';
import type { Ref } from '#model/types.ts';
import { quotedName } from '../dialects/base/quote.ts';
import { generatedElement } from './index-elements.ts';
import { type IndexWork, loseIndex } from './index-work.ts';
import type { MoveOption } from './plan-types.ts';
import { kindOf } from './sql/kinds.ts';

const PARTIAL: readonly MoveOption[] = [
  {
    id: 'case',
    label: 'generated column',
    reason: 'The index holds CASE WHEN condition THEN value END, so that rows outside the condition never collide.',
  },
  { id: 'plain', label: 'ordinary index', reason: 'Not unique: the rule must be kept by the application.' },
];

/** A predicate where the target has none: whole, or unique by an expression that is NULL elsewhere. */
export function partial(
  work: IndexWork,
  index: Index,
  elements: readonly IndexElement[],
  where: string,
): { elements: readonly IndexElement[]; unique: boolean } {
  const { ledger, table, fates } = work;
  const at: Ref = { record: table.id, part: index.id };
  const row = { group: 'index' as const, what: 'partial index', from: 'WHERE' };
  if (index.unique !== true) {
    ledger.tell(
      {
        ...row,
        id: 'index:partial',
        to: 'whole index',
        verdict: 'approximate',
        reason: `${ledger.label} has no partial indexes: this one holds all rows. The same queries find their rows, in more space.`,
      },
      at,
    );
    return { elements, unique: false };
  }
  const chosen = ledger.choose('index:partial-unique', PARTIAL);
  const last = elements.findLast((one) => one.column !== undefined);
  const name = last?.column === undefined ? undefined : fates.columns.get(table.id)?.get(last.column)?.name;
  if (chosen === 'plain' || last?.column === undefined || name === undefined) {
    loseIndex(work, index, {
      id: 'index:partial-unique',
      what: 'uniqueness of a part of the rows',
      from: 'UNIQUE ... WHERE',
      reason: 'The index stays, but is not unique.',
    });
    return { elements, unique: false };
  }
  ledger.tell(
    {
      ...row,
      id: 'index:partial-unique',
      what: 'uniqueness of a part of the rows',
      from: 'UNIQUE ... WHERE',
      to: 'CASE WHEN ... THEN ... END',
      verdict: 'approximate',
      reason: 'Rows outside the condition are NULL in the key, and NULLs never collide.',
      options: PARTIAL,
      chosen,
    },
    at,
  );
  const sql = `CASE WHEN ${where} THEN ${quotedName(name, ledger.to)} END`;
  const common = work.holding(last.column)?.common;
  const position = elements.indexOf(last);
  if (ledger.to === 'oracle') return { elements: elements.map((one) => (one === last ? { expression: sql } : one)), unique: true };
  const made = generatedElement(work, index, sql, position);
  const added = work.added.at(-1);
  const original = table.columns.find(({ id }) => id === last.column);
  if (added !== undefined && original !== undefined && common !== undefined && kindOf(common) !== 'text') {
    const typed = work.types.get(last.column);
    if (typed !== undefined) work.added[work.added.length - 1] = { ...added, type: typed.type };
  }
  return { elements: elements.map((one) => (one === last ? made : one)), unique: true };
}
