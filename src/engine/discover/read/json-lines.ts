import { err, ok, type Result } from '#lib/result.ts';
import type { Budget } from '../../budget.ts';
import { type ColumnCoder, columnCoder } from '../relation.ts';
import type { Rows } from './delimited.ts';
import { columnNames, MAX_COLUMNS, Skips } from './format.ts';

const ROWS_A_LOOK = 1024;

/** Whether a text is JSON lines, or one JSON array of rows. */
export function looksLikeJson(text: string): boolean {
  const start = text.slice(0, 1000).trimStart().charAt(0);
  return start === '{' || start === '[';
}

/** Collects rows whose columns are only known at the end. */
class Table {
  readonly skips = new Skips();
  rows = 0;
  /** By property name, or position of an array. */
  readonly #columns = new Map<string | number, ColumnCoder>();
  readonly #filled = new Map<string | number, number>();

  /** @returns false when there are too many columns. */
  add(row: unknown, line: number): boolean {
    if (typeof row !== 'object' || row === null) {
      this.skips.add(line, 1, 'A row must be an object or an array.');
      return true;
    }
    const entries: Iterable<[string | number, unknown]> = Array.isArray(row) ? row.entries() : Object.entries(row);
    for (const [key, value] of entries) {
      let coder = this.#columns.get(key);
      if (coder === undefined) {
        if (this.#columns.size >= MAX_COLUMNS) return false;
        coder = columnCoder(String(key));
        this.#columns.set(key, coder);
        this.#filled.set(key, 0);
      }
      this.#fill(key, coder);
      coder.add(textOf(value));
      this.#filled.set(key, this.rows + 1);
    }
    this.rows++;
    return true;
  }

  #fill(key: string | number, coder: ColumnCoder): void {
    for (let row = this.#filled.get(key) ?? 0; row < this.rows; row++) coder.add(undefined);
  }

  finish(whole: boolean): Rows {
    const keys = [...this.#columns.keys()];
    const names = columnNames(keys.map((key) => (typeof key === 'number' ? '' : key)));
    const columns = [...this.#columns].map(([key, coder], at) => {
      this.#fill(key, coder);
      return { ...coder.finish(), name: names[at] as string };
    });
    return { relation: { rows: this.rows, columns }, skips: this.skips, whole };
  }
}

/** A value as separated values would hold it; what is nested stays JSON. */
function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What is wrong, and where it stands if the parser says so. */
function reasonOf(error: unknown): { readonly at: number; readonly reason: string } {
  const message = error instanceof Error ? error.message : String(error);
  return { at: Number(/position (\d+)/.exec(message)?.[1] ?? 0), reason: `This is no JSON: ${message}` };
}

const TOO_MANY = err('too-many-columns', `There are more than ${MAX_COLUMNS} columns.`);

/**
 * Reads JSON lines (an object or array on each line) or one JSON array of those into columns. Columns are the properties in
 * order of appearance; one that a row does not have is NULL there. Lines that are no JSON are left out and told.
 */
export function readJson(text: string, budget: Budget): Result<Rows> {
  const table = new Table();
  const list = wholeArray(text);
  if (list !== undefined) {
    for (const row of list) if (!table.add(row, 1)) return TOO_MANY;
    return ok(table.finish(true));
  }
  let line = 1;
  for (let at = 0; at < text.length; line++) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    const part = text.slice(at, end);
    at = end + 1;
    if (part.trim() === '') continue;
    try {
      if (!table.add(JSON.parse(part), line)) return TOO_MANY;
    } catch (error) {
      const { at: column, reason } = reasonOf(error);
      table.skips.add(line, column + 1, reason);
    }
    if (line % ROWS_A_LOOK !== 0) continue;
    budget.progress?.(at / text.length, 'reading rows');
    if (budget.shouldStop()) return ok(table.finish(false));
  }
  if (table.rows > 0) return ok(table.finish(true));
  const [first] = table.skips.told;
  if (first === undefined) return err('no-rows', 'There are no rows in this text. Give one JSON object on each line.');
  return err('not-json', `Line ${first.line}, column ${first.column}: ${first.reason}`);
}

/** The elements, when the text is one array of rows rather than an array on each line. */
function wholeArray(text: string): readonly unknown[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null) ? value : undefined;
  } catch {
    return undefined;
  }
}
