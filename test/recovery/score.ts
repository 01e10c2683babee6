import type { Original } from './shapes.ts';

/** A table of a decomposition, by names. */
export interface Recovered {
  readonly columns: readonly string[];
  readonly keys: readonly (readonly string[])[];
}

/** How much of the original came back. All figures from 0 to 1. */
export interface Score {
  /** Share of the recovered tables that are original ones, column for column. */
  readonly precision: number;
  /** Share of the original tables that are recovered, column for column. */
  readonly recall: number;
  /** The same by likeness: each table counts with the Jaccard index of its columns and those of the one it is paired with. */
  readonly softPrecision: number;
  readonly softRecall: number;
  /** Share of the original tables whose primary key is a key of the recovered table that they are paired with. */
  readonly keys: number;
  /** Each original table with the recovered one most like it, one to one; and what is left over. */
  readonly pairs: readonly { readonly original: Original; readonly recovered?: Recovered; readonly likeness: number }[];
  readonly extra: readonly Recovered[];
}

function likenessOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((name) => other.has(name)).length;
  const all = one.size + other.size - common;
  return all === 0 ? 0 : common / all;
}

const same = (one: readonly string[], other: readonly string[]) => [...one].sort().join() === [...other].sort().join();

/**
 * Compares tables. Columns that hold one value in all rows count on neither side, for rows say nothing of where they belong;
 * a table with no other column is left out. Tables are paired one to one, the most alike first.
 */
export function scoreOf(originals: readonly Original[], recovered: readonly Recovered[], constants: ReadonlySet<string>): Score {
  const varied = (names: readonly string[]) => names.filter((name) => !constants.has(name));
  const left = originals
    .map((one) => ({ ...one, columns: varied(one.columns), key: varied(one.key) }))
    .filter((one) => one.columns.length > 0);
  const right = recovered
    .map((one) => ({ columns: varied(one.columns), keys: one.keys.map(varied) }))
    .filter((one) => one.columns.length > 0);
  const likely = left
    .flatMap((original) =>
      right.map((table) => ({
        original,
        recovered: table,
        likeness: likenessOf(new Set(original.columns), new Set(table.columns)),
      })),
    )
    .filter(({ likeness }) => likeness > 0)
    .sort((a, b) => b.likeness - a.likeness);
  const pairs: (typeof likely)[number][] = [];
  for (const pair of likely) {
    if (!pairs.some((one) => one.original === pair.original || one.recovered === pair.recovered)) pairs.push(pair);
  }
  const exact = pairs.filter(({ likeness }) => likeness === 1).length;
  const soft = pairs.reduce((sum, { likeness }) => sum + likeness, 0);
  const keys = pairs.filter((pair) => pair.recovered.keys.some((key) => same(key, pair.original.key))).length;
  const of = (count: number, all: number) => (all === 0 ? 0 : count / all);
  return {
    precision: of(exact, right.length),
    recall: of(exact, left.length),
    softPrecision: of(soft, right.length),
    softRecall: of(soft, left.length),
    keys: of(keys, left.length),
    pairs: left.map((original) => pairs.find((pair) => pair.original === original) ?? { original, likeness: 0 }),
    extra: right.filter((table) => !pairs.some((pair) => pair.recovered === table)),
  };
}
