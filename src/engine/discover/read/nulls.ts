import { kindOf } from '../profile/kind.ts';
import type { CodedColumn, Relation } from '../relation.ts';

/** Nothing else is meant by these. */
const ALWAYS = new Set(['\\N', 'NULL', 'null', '(null)', '<null>', '#N/A']);
/** These may be values: they mean NULL in a column that otherwise holds numbers, dates or truth values. */
const AMONG_TYPED = new Set(['NA', 'N/A', 'n/a', 'na', 'None', 'none', 'nan', 'NaN', '-', '--', '?', '.', 'Null', 'unknown']);

/** How a column spells NULL, beside leaving fields empty. */
function spellingsOf(column: CodedColumn): readonly string[] {
  const always = column.values.filter((value) => ALWAYS.has(value));
  const maybe = column.values.filter((value) => AMONG_TYPED.has(value));
  if (maybe.length === 0) return always;
  let others = 0;
  for (let code = 0; code < column.values.length; code++) {
    const value = column.values[code] as string;
    if (code === column.nullCode || ALWAYS.has(value) || AMONG_TYPED.has(value)) continue;
    if (kindOf(value) === 'text') return always;
    others++;
  }
  return others === 0 ? always : [...always, ...maybe];
}

/** A column in which some values are NULL. */
function withNulls(column: CodedColumn, spellings: ReadonlySet<string>): CodedColumn {
  if (!column.values.some((value, code) => code !== column.nullCode && spellings.has(value))) return column;
  const values: string[] = [];
  let nullCode = -1;
  const renumbered = column.values.map((value, code) => {
    if (code !== column.nullCode && !spellings.has(value)) return values.push(value) - 1;
    if (nullCode < 0) nullCode = values.push('') - 1;
    return nullCode;
  });
  return { name: column.name, codes: column.codes.map((code) => renumbered[code] as number), values, nullCode };
}

/**
 * Takes what a file spells as NULL for NULL.
 * @param given the spellings; without it they are found: some words in every column, others only among numbers and dates.
 */
export function readNulls(
  relation: Relation,
  given?: readonly string[],
): { readonly relation: Relation; readonly nulls: readonly string[] } {
  const used = new Set<string>();
  const columns = relation.columns.map((column) => {
    const spellings = new Set(given ?? spellingsOf(column));
    for (const value of column.values) if (spellings.has(value)) used.add(value);
    return withNulls(column, spellings);
  });
  return { relation: { rows: relation.rows, columns }, nulls: [...used].filter((spelling) => spelling !== '').sort() };
}
