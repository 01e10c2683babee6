import type { Column } from '#model/column-types.ts';
import { singular } from '#model/derive/foreign-key-columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { typeFacts } from '../rules/type-facts.ts';
import { snake } from '../rules/words.ts';
import { perTable } from './per-table.ts';

/** Stems whose numbers do not count things of one kind: algorithms, formats, products, quarters, coordinates, parts of a whole. */
const NO_SERIES =
  /(^|_)(x|y|z|lat|lon|lng|q|quarter|md|sha|sha_|utf|iso|base|ipv|ip|int|uint|float|oauth|oauth_|s|h|p|o|co|pm|mp|tier|level|log|v|version|t|win|ean|upc|isbn|rs|ed|alpha)$/;
/** Numbered without more they are lines of one address; `address_1_street` is another matter. */
const LINES =
  /(^|_)(addr|(?<!mail_|ip_|mac_|web_)address|address_?line|addr_?line|line|street|street_?line|adr|anschrift|adresse|strasse)$/;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What numbers the columns: positions, years or months. */
type Counter = 'position' | 'year' | 'month';

interface Numbered {
  readonly column: Column;
  readonly stem: string;
  readonly number: number;
  readonly tail: string;
  readonly counter: Counter;
}

/** Columns that hold one kind of thing several times. */
export interface RepeatingGroup {
  /** What there is several of: `phone`, `address`. */
  readonly stem: string;
  readonly counter: Counter;
  readonly numbers: readonly number[];
  /** For each attribute of the thing, its columns by position in `numbers`. */
  readonly attributes: readonly { readonly name: string; readonly columns: readonly Id[] }[];
}

function readName(column: Column): Numbered | undefined {
  const name = snake(column.name);
  const year = /^(.*?[a-z])_?((?:19|20)\d\d)$/.exec(name);
  if (year !== null) return { column, stem: year[1] as string, number: Number(year[2]), tail: '', counter: 'year' };
  const month = /^(.*[a-z])_(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$/.exec(name);
  if (month !== null)
    return { column, stem: month[1] as string, number: MONTHS.indexOf(month[2] as string) + 1, tail: '', counter: 'month' };
  const numbered = /^(.*?[a-z])_?(\d{1,2})(?:_([a-z].*))?$/.exec(name);
  if (numbered === null) return undefined;
  const [, stem = '', digits = '', tail = ''] = numbered;
  // A letter with a number says nothing of what it counts.
  if (stem.length < 2 || NO_SERIES.test(stem) || (tail === '' && LINES.test(stem))) return undefined;
  return { column, stem, number: Number(digits), tail, counter: 'position' };
}

function isSeries(counter: Counter, numbers: readonly number[]): boolean {
  const consecutive = numbers.every((number, at) => at === 0 || number === (numbers[at - 1] as number) + 1);
  if (!consecutive) return false;
  if (counter === 'month') return numbers.length >= 6;
  return numbers.length > 2 || (numbers.length === 2 && (counter === 'year' || numbers[0] === 1));
}

interface Run {
  readonly stem: string;
  readonly tail: string;
  readonly counter: Counter;
  readonly members: readonly Numbered[];
}

/** Columns of one stem, tail and type, in the order of their numbers. */
function runsOf(document: Document, table: Table): Run[] {
  const groups = new Map<string, Numbered[]>();
  for (const column of table.columns) {
    const one = readName(column);
    if (one === undefined) continue;
    const { name, isArray } = typeFacts(document, column.type);
    const key = [one.stem, one.tail, one.counter, name, isArray].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((found) => {
    const members = found.toSorted((a, b) => a.number - b.number);
    const [first] = members;
    const numbers = members.map(({ number }) => number);
    if (first === undefined || !isSeries(first.counter, numbers)) return [];
    return [{ stem: first.stem, tail: first.tail, counter: first.counter, members }];
  });
}

/** `product1, quantity1, product2, quantity2`: what comes with one number stands together. */
function interleaved(table: Table, a: Run, b: Run): boolean {
  const place = (one: Numbered) => table.columns.indexOf(one.column);
  return a.members.every((member, at) => {
    const other = b.members[at];
    const next = a.members[at + 1];
    if (other === undefined) return false;
    return (
      next === undefined ||
      (place(other) < place(next) &&
        place(other) < place(b.members[at + 1] as Numbered) &&
        place(next) > place(member) &&
        place(other) > place(a.members[at - 1] ?? member) - 1)
    );
  });
}

const sameNumbers = (a: Run, b: Run) =>
  a.counter === b.counter &&
  a.members.length === b.members.length &&
  a.members.every(({ number }, at) => number === b.members[at]?.number);

function groupOf(runs: readonly Run[], stem: string): RepeatingGroup {
  const [first] = runs as readonly [Run];
  return {
    stem,
    counter: first.counter,
    numbers: first.members.map(({ number }) => number),
    attributes: runs.map((run) => ({
      name: run.tail === '' ? run.stem : run.tail,
      columns: run.members.map(({ column }) => column.id),
    })),
  };
}

/**
 * Groups of columns that hold one kind of thing several times: `phone1, phone2`, `address_1_street, address_1_city,
 * address_2_street, address_2_city`, `sales_2023, sales_2024`. Columns of one attribute have one type.
 */
export const repeatingGroups = perTable((document: Document, table: Table): readonly RepeatingGroup[] => {
  const waiting = runsOf(document, table);
  const found: RepeatingGroup[] = [];
  while (waiting.length > 0) {
    const first = waiting.shift() as Run;
    const along = waiting.filter(
      (other) =>
        sameNumbers(first, other) &&
        (first.tail !== '' || other.tail !== ''
          ? other.stem === first.stem
          : other.stem !== first.stem && interleaved(table, first, other)),
    );
    for (const one of along) waiting.splice(waiting.indexOf(one), 1);
    found.push(groupOf([first, ...along], first.stem));
  }
  return found;
});

/** What a child table with the things of a group may be called: `customer_phones`. */
export function childName(table: string, thing: string): string {
  const one = singular(thing);
  const many = /(s|x|ch|sh)$/.test(one) ? `${one}es` : /[^aeiou]y$/.test(one) ? `${one.slice(0, -1)}ies` : `${one}s`;
  return snake(thing).startsWith(`${snake(singular(table))}_`) ? many : `${singular(table)}_${many}`;
}
