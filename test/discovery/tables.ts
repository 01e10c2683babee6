import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UNLIMITED } from '#engine/budget.ts';
import { readData } from '#engine/discover/read/data.ts';
import type { Relation } from '#engine/discover/relation.ts';
import { columnCoder } from '#engine/discover/relation.ts';
import { lcg } from '../normalize-oracle.ts';

/** A table of the literature: minimal dependencies with null = null, and what HyFD in C++ takes for them. */
export interface KnownTable {
  readonly name: string;
  readonly separator: string;
  readonly header: boolean;
  readonly dependencies: number;
  /** CPU milliseconds of Desbordante 2.0.0 (g++ -O3) where the count was taken, best of several. */
  readonly cpp: number;
}

export const KNOWN_TABLES: readonly KnownTable[] = [
  { name: 'iris', separator: ',', header: false, dependencies: 4, cpp: 0.14 },
  { name: 'bridges', separator: ',', header: false, dependencies: 142, cpp: 1.8 },
  { name: 'abalone', separator: ',', header: false, dependencies: 137, cpp: 19 },
  { name: 'hepatitis', separator: ',', header: true, dependencies: 8250, cpp: 101 },
  { name: 'horse', separator: ';', header: false, dependencies: 128_727, cpp: 4171 },
  { name: 'hospital', separator: ',', header: true, dependencies: 412, cpp: 12 },
  { name: 'adult', separator: ';', header: false, dependencies: 78, cpp: 239 },
];

const COMMITTED = join(import.meta.dirname, '../data/discovery');

/** A known table, from the folder given or those in the project; undefined where it is not there. */
export function readKnown(table: KnownTable, folder?: string): Relation | undefined {
  const path = [folder ?? COMMITTED, COMMITTED].map((one) => join(one, `${table.name}.csv`)).find(existsSync);
  if (path === undefined) return undefined;
  const { separator, header } = table;
  const data = readData(readFileSync(path, 'utf8'), UNLIMITED, { separator, header, quote: '"' });
  if (!data.ok) throw new Error(data.problem.message);
  if (data.value.skipped > 0) throw new Error(`${path}: ${data.value.skipped} rows were left out`);
  return data.value.relation;
}

/** A table made row by row from a seed. */
export function generated(
  names: readonly string[],
  rows: number,
  seed: number,
  row: (at: number, draw: (below: number) => number) => readonly number[],
): Relation {
  const random = lcg(seed);
  const draw = (below: number) => Math.floor(random() * below);
  const coders = names.map((name) => columnCoder(name, rows));
  for (let at = 0; at < rows; at++) row(at, draw).forEach((value, column) => void coders[column]?.add(String(value)));
  return { rows, columns: coders.map((coder) => coder.finish()) };
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `c${i}`);
}

const ORDER_COLUMNS = [
  ['line', 'order_id', 'customer_id', 'customer_no', 'city', 'country', 'region', 'segment', 'product_id', 'product_no'],
  ['category', 'department', 'supplier_id', 'supplier_country', 'price', 'quantity', 'day', 'month', 'channel', 'gift'],
].flat();

/** Order lines joined with all they refer to: twenty columns, dependencies of five tables in them. */
export function orderLines(rows: number): Relation {
  return generated(ORDER_COLUMNS, rows, 12_345, (at, draw) => {
    const [customer, product, day] = [draw(5000), draw(2000), draw(1400)];
    const [city, supplier] = [customer % 700, (product * 7) % 120];
    const country = city % 40;
    const category = product % 25;
    const buyer = [at, Math.floor(at / 3), customer, customer * 3 + 1, city, country, country % 6, draw(5)];
    const goods = [product, product + 100_000, category, category % 5, supplier, supplier % 30, (product * 31) % 900];
    return [...buyer, ...goods, 1 + draw(10), day, Math.floor(day / 30), draw(4), draw(2)];
  });
}

/** Every combination of four grades and what follows from them: narrow, nothing repeats. */
export function balance(): Relation {
  return generated(numbered(5), 625, 1, (at) => {
    const [a, b, c, d] = [at % 5, Math.floor(at / 5) % 5, Math.floor(at / 25) % 5, Math.floor(at / 125)];
    return [Math.sign(a * b - c * d), a, b, c, d];
  });
}

/** Every combination of eight small sets and what follows from them, as the tables of expert systems are. */
export function combinations(): Relation {
  const sizes = [3, 5, 4, 4, 3, 2, 3, 3];
  return generated(numbered(9), 12_960, 1, (at) => {
    let rest = at;
    const values = sizes.map((size) => {
      const value = rest % size;
      rest = Math.floor(rest / size);
      return value;
    });
    return [...values, values.reduce((sum, value, i) => sum + value * (i + 1), 0) % 5];
  });
}

/** Sixteen small measures of 26 letters: long left sides, thousands of dependencies. */
export function measures(rows: number): Relation {
  return generated(numbered(17), rows, 12_345, (_, draw) => {
    const letter = draw(26);
    const measure = (i: number) => Math.min(15, Math.max(0, ((letter * 7 + i * 13) % 10) + draw(3) + draw(3) + draw(3) - 2));
    return [letter, ...Array.from({ length: 16 }, (__, i) => measure(i))];
  });
}

/** Wider than left sides of any size can be searched. */
export function wide(rows: number, columns: number): Relation {
  return generated(numbered(columns), rows, 7, (at, draw) => {
    const thing = draw(300);
    return Array.from({ length: columns }, (_, i) => {
      if (i < 3) return at;
      if (i < columns / 4) return 0;
      if (i < columns / 2) return draw(10) === 0 ? draw(300) : 0;
      return i < columns * 0.7 ? thing % (2 + i) : draw(2 + (i % 40));
    });
  });
}
