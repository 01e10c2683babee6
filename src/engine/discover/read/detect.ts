import { kindOf, kindOfAll } from '../profile/kind.ts';
import type { Format } from './format.ts';
import { scan } from './scan.ts';

const SEPARATORS = [',', ';', '\t', '|'] as const;
const SAMPLE_ROWS = 200;
const SAMPLE_LENGTH = 256 * 1024;

type Row = readonly string[];

/** The first rows under a separator and quote; a row that the end of the sample cuts is left out. */
function firstRows(text: string, separator: string, quote: string): Row[] {
  const sample = text.slice(0, SAMPLE_LENGTH);
  const cut = sample.length < text.length;
  const rows: Row[] = [];
  let row: string[] = [];
  scan(sample, separator, quote, {
    cell: (value) => void row.push(value),
    row(_, at) {
      if (!cut || at < sample.length) rows.push(row);
      row = [];
      return rows.length < SAMPLE_ROWS;
    },
    bad() {},
  });
  return rows;
}

interface Shape {
  readonly separator: string;
  readonly rows: readonly Row[];
  readonly fields: number;
  /** Share of the rows that have the most common number of fields. */
  readonly share: number;
}

function shapeOf(text: string, separator: string, quote: string): Shape {
  const rows = firstRows(text, separator, quote);
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [fields, count] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [1, 0]);
  return { separator, rows, fields, share: rows.length === 0 ? 0 : count / rows.length };
}

/** A single quote is one only if the text has none of the usual and fields begin and end with it. */
function quoteOf(text: string): string {
  const sample = text.slice(0, SAMPLE_LENGTH);
  if (sample.includes('"')) return '"';
  return /(?:^|[,;\t|\n])'[^'\n]*'(?=[,;\t|\r\n]|$)/.test(sample) ? "'" : '"';
}

function looksLikeName(cell: string): boolean {
  return /^[\p{L}_#$@][\p{L}\p{N}_ .:/()#$@%-]{0,62}$/u.test(cell.trim()) && kindOf(cell.trim()) === 'text';
}

/**
 * Whether the first row names the columns: every cell of it is a different name, and below some column holds something that
 * is no text; or, where all is text, no name stands below itself and the values are not all different from row to row.
 */
function hasHeader(rows: readonly Row[]): boolean {
  const [first, ...body] = rows;
  if (first === undefined || body.length === 0) return false;
  const named = first.filter((cell) => cell.trim() !== '');
  if (named.length === 0 || !named.every(looksLikeName)) return false;
  if (new Set(named.map((cell) => cell.trim().toLowerCase())).size < named.length) return false;
  const columns = first.map((_, at) => body.map((row) => row[at] ?? '').filter((cell) => cell !== ''));
  if (columns.some((cells) => cells.length > 0 && kindOfAll(cells) !== 'text')) return true;
  // A number now and then, or NULL spelled in a column of numbers.
  const typed = columns.some((cells) => cells.filter((cell) => kindOf(cell) !== 'text').length > cells.length / 2);
  return typed || columns.every((cells, at) => !cells.includes(first[at] as string));
}

/** How a text of separated values is written, by its first rows. @param given what is known already. */
export function detectFormat(text: string, given: Partial<Format> = {}): Format {
  const quote = given.quote ?? quoteOf(text);
  const candidates = given.separator === undefined ? SEPARATORS : [given.separator];
  const shapes = candidates.map((separator) => shapeOf(text, separator, quote));
  const score = ({ fields, share }: Shape) => (fields < 2 ? 0 : share ** 4 * (2 - 1 / fields));
  const best = shapes.reduce((one, other) => (score(other) > score(one) ? other : one));
  return { separator: best.separator, quote, header: given.header ?? hasHeader(best.rows) };
}
