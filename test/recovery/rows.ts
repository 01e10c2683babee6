import { lcg } from '../normalize-oracle.ts';

type Value = string | number | null;

/** A table to fill. */
export interface MadeTable {
  readonly name: string;
  /** As SQL, names first. */
  readonly columns: readonly string[];
  /** The primary key, names of columns. */
  readonly key: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

/** Draws values, always the same ones from one seed. */
export class Draw {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = lcg(seed);
  }

  below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  words(count: number): string {
    return Array.from({ length: count }, () => this.of(WORDS)).join(' ');
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.below(10)).join('');
  }

  /** A day so many days after the first of 1992. */
  static day(number: number): string {
    return new Date(Date.UTC(1992, 0, 1) + number * 86_400_000).toISOString().slice(0, 10);
  }

  /** A moment, to the second. */
  moment(day: number): string {
    return new Date(Date.UTC(2005, 0, 1) + day * 86_400_000 + this.below(86_400) * 1000).toISOString().slice(0, 19);
  }
}

const WORDS = [
  'amber anchor arrow autumn barley basin beacon birch bottle bridge candle canyon castle cedar chapel clover copper coral',
  'crane crystal dawn desert drift ember falcon feather fern field flint forest fountain garden glacier granite harbor hazel',
  'heron hollow island ivory jasper juniper lantern laurel linen maple marble meadow mirror mountain needle oak ocean olive',
  'orchard otter pebble pepper pine plum prairie quartz quiet raven reed ridge river saddle saffron silver sparrow spruce',
  'stone summer sun tavern thistle timber valley velvet violet walnut willow window winter wolf',
]
  .join(' ')
  .split(' ');

function literal(value: Value): string {
  if (value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

/** Statements that make the tables and fill them. */
export function scriptOf(tables: readonly MadeTable[]): string[] {
  return tables.flatMap(({ name, columns, key, rows }) => {
    const values = rows.map((row) => `(${row.map(literal).join(', ')})`);
    return [
      `CREATE TABLE ${name} (${columns.join(', ')}, PRIMARY KEY (${key.join(', ')}))`,
      `INSERT INTO ${name} VALUES ${values.join(',\n')}`,
    ];
  });
}

/** So many rows. */
export function rowsOf<T>(count: number, row: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => row(at));
}
