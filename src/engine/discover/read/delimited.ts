import { err, ok, type Result } from '#lib/result.ts';
import type { Budget } from '../../budget.ts';
import { type ColumnCoder, columnCoder, type Relation } from '../relation.ts';
import { columnNames, type Format, MAX_COLUMNS, Skips } from './format.ts';
import { scan } from './scan.ts';

/** Rows between two looks at the budget. */
const ROWS_A_LOOK = 1024;

export interface Rows {
  readonly relation: Relation;
  readonly skips: Skips;
  /** False when the budget ended it: the rows up to there. */
  readonly whole: boolean;
}

/**
 * Reads separated values straight into columns of codes. The first row says how many fields a row has; rows with another
 * number, or with quotes gone wrong, are left out and told. An empty field without quotes is NULL.
 */
export function readDelimited(text: string, format: Format, budget: Budget): Result<Rows> {
  const skips = new Skips();
  let coders: ColumnCoder[] = [];
  let names: string[] | undefined;
  let cells: (string | undefined)[] = [];
  let raw: string[] = [];
  let bad: { line: number; column: number; reason: string } | undefined;
  let rows = 0;
  let seen = 0;
  let whole = true;
  scan(text, format.separator, format.quote, {
    cell(value, quoted) {
      cells.push(value === '' && !quoted ? undefined : value);
      if (names === undefined) raw.push(value);
    },
    bad(line, column, reason) {
      bad ??= { line, column, reason };
    },
    row(line, at) {
      if (names === undefined) {
        names = columnNames(format.header ? raw : raw.map(() => ''));
        const expected = Math.ceil((text.length / Math.max(1, at)) * 1.2);
        coders = names.map((name) => columnCoder(name, Math.min(expected, 1_000_000)));
        raw = [];
        if (format.header || names.length > MAX_COLUMNS) {
          cells = [];
          bad = undefined;
          return names.length <= MAX_COLUMNS;
        }
      }
      if (bad !== undefined) skips.add(bad.line, bad.column, bad.reason);
      else if (cells.length === coders.length) {
        for (let i = 0; i < cells.length; i++) (coders[i] as ColumnCoder).add(cells[i]);
        rows++;
      } else skips.add(line, 1, `The row has ${cells.length} fields where ${coders.length} are expected.`);
      cells = [];
      bad = undefined;
      if (++seen % ROWS_A_LOOK !== 0) return true;
      budget.progress?.(at / text.length, 'reading rows');
      whole = !budget.shouldStop();
      return whole;
    },
  });
  if (names === undefined) return err('no-rows', 'There are no rows in this text. Give a text with one row on each line.');
  if ((names as string[]).length > MAX_COLUMNS) {
    return err('too-many-columns', `There are more than ${MAX_COLUMNS} fields in the first row. Is another separator meant?`);
  }
  return ok({ relation: { rows, columns: coders.map((coder) => coder.finish()) }, skips, whole });
}
